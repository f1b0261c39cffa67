-- Q6: every charge record against filings, subscriptions and free periods. ANSI SQL, but for the engine's hash(),
-- over the tables
--   cdr (cdr_id, msisdn, provider_code, service_code, charged_at, fee_fen, kind, proven, cause)
--   subscription (msisdn, provider_code, service_code, ordered_at, withdrawn_at, cause)
--   filing (provider_code, service_code, filed_fee_fen)   charge_day, market: see charge_days.py
-- Times are those of the market's own clock. What few rows have is searched for among hashes, which is quicker than among
-- keys: that two are alike is never taken for more than a hint whose rows deserve the closer look.

-- Rows that could not be read speak for the provider: they hold the subscription open and leave nothing free. A
-- withdrawal before the order is the end of an earlier subscription. Withdrawn without a time says nothing about when.
CREATE VIEW told AS
SELECT s.msisdn, s.provider_code, s.service_code, s.cause IS NOT NULL AS unread,
  CASE WHEN s.cause IS NULL THEN s.ordered_at ELSE TIMESTAMP '1900-01-01 00:00:00' END AS ordered_at,
  CASE WHEN s.cause IS NULL AND s.withdrawn_at >= s.ordered_at
    THEN s.withdrawn_at ELSE TIMESTAMP '9999-01-01 00:00:00' END AS held_until
FROM subscription AS s
WHERE s.msisdn IS NOT NULL AND s.provider_code IS NOT NULL AND s.service_code IS NOT NULL;

CREATE TABLE ordered_again AS
SELECT DISTINCT n.service
FROM (
  SELECT k.service, lag(k.service) OVER (ORDER BY k.service) AS before
  FROM (SELECT hash(t.msisdn, t.provider_code, t.service_code) AS service FROM told AS t) AS k
) AS n
WHERE n.service = n.before;

-- What a subscription's orders and withdrawals so far mean, from each order until the next one. Most services are
-- ordered once.
CREATE VIEW held AS
WITH numbered AS (
  SELECT t.*, rank() OVER (
    PARTITION BY t.msisdn, t.provider_code, t.service_code ORDER BY t.ordered_at
  ) AS order_number
  FROM told AS t
  WHERE hash(t.msisdn, t.provider_code, t.service_code) IN (SELECT service FROM ordered_again)
)
SELECT t.msisdn, t.provider_code, t.service_code, t.ordered_at, CAST(NULL AS TIMESTAMP) AS ordered_again_at,
  t.held_until, CASE WHEN t.unread THEN TIMESTAMP '1900-01-01 00:00:00' ELSE d.first_charge_at END AS charged_from
FROM told AS t
LEFT JOIN charge_day AS d ON d.day = CAST(t.ordered_at AS DATE)
WHERE hash(t.msisdn, t.provider_code, t.service_code) NOT IN (SELECT service FROM ordered_again)
UNION ALL
SELECT t.msisdn, t.provider_code, t.service_code, t.ordered_at,
  lead(t.ordered_at) OVER (
    PARTITION BY t.msisdn, t.provider_code, t.service_code ORDER BY t.ordered_at
  ) AS ordered_again_at,
  max(t.held_until) OVER (
    PARTITION BY t.msisdn, t.provider_code, t.service_code ORDER BY t.ordered_at
  ) AS held_until,
  min(CASE WHEN t.unread THEN TIMESTAMP '1900-01-01 00:00:00'
      WHEN t.order_number = 1 THEN d.first_charge_at ELSE d.reorder_charge_at END) OVER (
    PARTITION BY t.msisdn, t.provider_code, t.service_code ORDER BY t.ordered_at
  ) AS charged_from
FROM numbered AS t
LEFT JOIN charge_day AS d ON d.day = CAST(t.ordered_at AS DATE);

-- The monthly charges by service and, where charges of two months never collide, by month.
CREATE VIEW monthly AS
SELECT c.cdr_id, c.msisdn, c.provider_code, c.service_code, c.charged_at,
  hash(c.msisdn, c.provider_code, c.service_code, CASE WHEN m.by_month THEN extract(month FROM c.charged_at) END)
    AS service_month
FROM cdr AS c
CROSS JOIN market AS m
WHERE c.kind = 'monthly' AND c.cause IS NULL;

CREATE TABLE crowded AS
SELECT DISTINCT n.service_month
FROM (SELECT m.service_month, lag(m.service_month) OVER (ORDER BY m.service_month) AS before FROM monthly AS m) AS n
WHERE n.service_month = n.before;

-- The monthly charges that come before the cycle of the one before them is over.
CREATE TABLE early AS
WITH paired AS (
  SELECT m.cdr_id, m.charged_at,
    lag(m.charged_at) OVER (
      PARTITION BY m.msisdn, m.provider_code, m.service_code ORDER BY m.charged_at, m.cdr_id
    ) AS charged_before
  FROM monthly AS m
  WHERE m.service_month IN (SELECT service_month FROM crowded)
)
SELECT p.cdr_id, p.charged_before
FROM paired AS p
JOIN charge_day AS d ON d.day = CAST(p.charged_before AS DATE)
WHERE p.charged_at < coalesce(d.next_charge_at, p.charged_before + d.next_charge_after);

-- Each record once, under the first breach that applies; honest records are not kept.
CREATE TABLE breach AS
WITH judged AS (
  SELECT c.cdr_id, c.msisdn, c.provider_code, c.service_code, c.charged_at, c.fee_fen, c.kind,
    f.filed_fee_fen, h.ordered_at, h.held_until, h.charged_from, e.charged_before, d.refund_per_fen,
    CASE
      WHEN f.provider_code IS NULL THEN 'not_filed'
      WHEN c.kind = 'monthly' AND h.ordered_at IS NULL THEN 'no_subscription'
      WHEN c.kind = 'monthly' AND c.charged_at > h.held_until THEN 'after_withdrawal'
      WHEN c.kind = 'monthly' AND c.charged_at < h.charged_from THEN 'in_free_period'
      WHEN c.kind = 'monthly' AND extract(day FROM c.charged_at) <> d.charged_on THEN 'before_first'
      WHEN e.cdr_id IS NOT NULL THEN 'twice_in_month'
      WHEN c.fee_fen > f.filed_fee_fen THEN 'over_tariff'
      WHEN c.kind = 'per_use' AND NOT c.proven THEN 'no_active_use'
    END AS breach
  FROM cdr AS c
  LEFT JOIN filing AS f ON f.provider_code = c.provider_code AND f.service_code = c.service_code
  LEFT JOIN held AS h ON h.msisdn = c.msisdn AND h.provider_code = c.provider_code
    AND h.service_code = c.service_code AND h.ordered_at <= c.charged_at
    AND (h.ordered_again_at IS NULL OR c.charged_at < h.ordered_again_at)
  LEFT JOIN early AS e ON e.cdr_id = c.cdr_id
  LEFT JOIN charge_day AS d ON d.day = CAST(c.charged_at AS DATE)
  WHERE c.cause IS NULL
)
SELECT j.*, CASE WHEN j.breach = 'over_tariff' THEN j.fee_fen - j.filed_fee_fen ELSE j.fee_fen END AS at_risk_fen
FROM judged AS j
WHERE j.breach IS NOT NULL;
