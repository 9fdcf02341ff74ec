-- At the prefecture, once for each county: psql -v county='postgresql://…' -f prefecture.sql. The tables are there
-- already (kuangxun-county prepare). county_id stands in every key, so that several counties share them: give each
-- subscription a name of its own then.
CREATE SUBSCRIPTION county_to_prefecture CONNECTION :'county' PUBLICATION county_to_prefecture;
