-- At the county, once, as a superuser or the owner of the tables (PostgreSQL 15, wal_level = logical): everything that
-- the prefecture reads or can check, and nothing secret. Tables that come with a later version are added by running it
-- again; the prefecture is upgraded first.
DO $$
DECLARE
  wanted text;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_publication WHERE pubname = 'county_to_prefecture') THEN
    CREATE PUBLICATION county_to_prefecture;
  END IF;
  FOR wanted IN
    SELECT format('%I.%I', table_schema, table_name) FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = 'county_id'
      AND (table_name NOT LIKE 'sync\_%' OR table_name IN ('sync_frame', 'sync_receipt', 'sync_key_statement', 'sync_fork'))
      AND table_name NOT IN (SELECT tablename FROM pg_publication_tables WHERE pubname = 'county_to_prefecture')
      AND EXISTS (SELECT 1 FROM pg_class WHERE oid = format('%I.%I', table_schema, table_name)::regclass AND relkind = 'r')
  LOOP
    EXECUTE 'ALTER PUBLICATION county_to_prefecture ADD TABLE ' || wanted;
  END LOOP;
END $$;
