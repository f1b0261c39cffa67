-- Q3, Q4, Q5: two exports of subscriptions against each other. Plain ANSI SQL over the tables
--   boss, misc (msisdn, provider_code, service_code, spell, status, ordered_at, withdrawn_at, channel, updated_at)
--   allowed (out_of_step INTERVAL): how long the two may differ while a change is on its way
-- `spell` tells apart the subscriptions of one customer to one service.
CREATE TABLE mismatch AS
WITH paired AS (
  SELECT coalesce(b.msisdn, m.msisdn) AS msisdn,
    coalesce(b.provider_code, m.provider_code) AS provider_code,
    coalesce(b.service_code, m.service_code) AS service_code,
    b.msisdn IS NULL AS only_misc, m.msisdn IS NULL AS only_boss,
    b.status AS boss_status, m.status AS misc_status,
    b.ordered_at AS boss_ordered_at, m.ordered_at AS misc_ordered_at,
    b.withdrawn_at AS boss_withdrawn_at, m.withdrawn_at AS misc_withdrawn_at,
    b.channel AS boss_channel, m.channel AS misc_channel,
    b.updated_at AS boss_updated_at, m.updated_at AS misc_updated_at
  FROM boss AS b
  FULL OUTER JOIN misc AS m ON m.msisdn = b.msisdn AND m.provider_code = b.provider_code
    AND m.service_code = b.service_code AND m.spell = b.spell
), compared AS (
  SELECT p.*,
    NOT only_boss AND NOT only_misc AND (
      boss_status <> misc_status OR boss_ordered_at <> misc_ordered_at
      OR boss_withdrawn_at IS DISTINCT FROM misc_withdrawn_at OR boss_channel IS DISTINCT FROM misc_channel
    ) AS differ,
    NOT only_boss AND NOT only_misc AND coalesce(
      boss_updated_at > misc_updated_at + a.out_of_step OR misc_updated_at > boss_updated_at + a.out_of_step,
      FALSE
    ) AS out_of_step
  FROM paired AS p
  CROSS JOIN allowed AS a
)
SELECT * FROM compared WHERE only_boss OR only_misc OR differ OR out_of_step;

-- A row that could not be read is there all the same: what it may be the partner of is not called alone.
DELETE FROM mismatch WHERE only_misc AND EXISTS (
  SELECT 1 FROM boss_export AS b WHERE b.cause IS NOT NULL AND b.msisdn = mismatch.msisdn
    AND b.provider_code = mismatch.provider_code AND b.service_code = mismatch.service_code
);
DELETE FROM mismatch WHERE only_boss AND EXISTS (
  SELECT 1 FROM misc_export AS m WHERE m.cause IS NOT NULL AND m.msisdn = mismatch.msisdn
    AND m.provider_code = mismatch.provider_code AND m.service_code = mismatch.service_code
);
