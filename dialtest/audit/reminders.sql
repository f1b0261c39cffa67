-- The reminders of existing subscriptions (T6, T8, T9): what was due to whom, what was sent, and where the two differ.
-- Run for a share of the numbers at a time, so that memory stays bounded whatever the size. Filled before: the views
-- subscription_share and sent_share of the two files, terms (one row), port, batch_kind, spoken (words by service).
-- Added to: breach, and batch_count.

-- Everything anybody holds or held, with the words that name it. Who withdrew at an unknown time holds nothing.
CREATE OR REPLACE TABLE held AS
SELECT s.msisdn, s.brand, s.provider_code, s.service_code, w.naming, w.item, w.service_group, s.ordered_at,
       CASE WHEN s.withdrawn_at IS NOT NULL THEN s.withdrawn_at
            WHEN s.status = 'withdrawn' THEN s.ordered_at
            ELSE TIMESTAMP '9999-01-01' END AS held_until
FROM subscription_share AS s
JOIN spoken AS w USING (provider_code, service_code, provider_name, service_name, service_type, fee_fen, fee_unit)
WHERE s.cause IS NULL;

-- What is held when the batches begin, each in its own batch: the first one's for sensitive users.
CREATE OR REPLACE TABLE due AS
WITH existing AS (
    SELECT msisdn, provider_code, service_code, max(brand) AS brand, max(naming) AS naming, max(item) AS item,
           max(service_group) AS service_group, max(ordered_at) AS ordered_at, max(held_until) AS held_until
    FROM held, terms
    WHERE ordered_at < begins AND held_until >= begins
    GROUP BY msisdn, provider_code, service_code
), kinds AS (
    SELECT e.*, count(*) OVER (PARTITION BY msisdn) > t.sensitive_above AS sensitive,
           CASE WHEN e.ordered_at >= t.recent_since THEN 'recent' ELSE 'older' END AS age
    FROM existing AS e, terms AS t
)
SELECT k.msisdn, k.provider_code, k.service_code, k.naming, k.item, k.held_until, b.batch, b.opens, b.closes
FROM kinds AS k
JOIN batch_kind AS b
  ON b.brand = CASE WHEN k.sensitive THEN '' ELSE k.brand END
 AND b.service_group = CASE WHEN k.sensitive THEN '' ELSE k.service_group END
 AND b.age = CASE WHEN k.sensitive THEN 'sensitive' ELSE k.age END;

-- The texts as customers read them: parts of one sender and batch that left within minutes of each other. What comes
-- twice among them belongs to a second text.
CREATE OR REPLACE TABLE told AS
WITH near AS (
    SELECT *, CASE WHEN date_diff('second', lag(sent_at) OVER close_by, sent_at) <= together_s THEN 0 ELSE 1 END AS new
    FROM sent_share, terms
    WHERE cause IS NULL
    WINDOW close_by AS (PARTITION BY msisdn, sender, batch, parts ORDER BY sent_at, part)
), grouped AS (
    SELECT *, sum(new) OVER (PARTITION BY msisdn, sender, batch, parts ORDER BY sent_at, part) AS place FROM near
), copies AS (
    SELECT *, row_number() OVER (PARTITION BY msisdn, sender, batch, parts, place, part ORDER BY sent_at, text) AS copy
    FROM grouped
), joined AS (
    SELECT msisdn, sender, batch, parts, min(sent_at) AS sent_at, count(*) AS came,
           bool_and(part <= parts AND (parts = 1 OR starts_with(text, '(' || part || '/' || parts || ')'))) AS numbered,
           bool_and(length(text) <= part_characters OR contains(text, between_items) = false) AS short_enough,
           string_agg(CASE WHEN parts > 1 THEN regexp_replace(text, '^\([0-9]+/[0-9]+\)', '') ELSE text END, ''
                      ORDER BY part) AS words
    FROM copies
    GROUP BY msisdn, sender, batch, parts, place, copy
)
SELECT row_number() OVER () AS told, j.*,
       came = parts AND numbered AND short_enough AND starts_with(words, opening) AND ends_with(words, closing) AS whole,
       (length(words) - length(replace(words, item_mark, ''))) // length(item_mark) AS items
FROM joined AS j, terms;

-- Which text names which subscription, and whether with its tariff.
CREATE OR REPLACE TABLE named AS
SELECT t.told, t.msisdn, t.sent_at, t.sender, t.batch, t.whole, t.came, t.parts, h.provider_code, h.service_code, h.item,
       contains(t.words, h.item) AS tariff_said, left(split_part(t.words, h.naming, 2), 40) AS said
FROM told AS t
JOIN (SELECT DISTINCT msisdn, provider_code, service_code, naming, item FROM held) AS h USING (msisdn), terms
WHERE contains(t.words, before_first || h.naming) OR contains(t.words, before_next || h.naming);

CREATE OR REPLACE TABLE broken AS
SELECT msisdn, batch, min(sent_at) AS sent_at, max(came || '/' || parts) AS came
FROM told WHERE NOT whole GROUP BY msisdn, batch;

-- Every subscription due, and what was made of it.
CREATE OR REPLACE TABLE outcome AS
SELECT d.msisdn, d.provider_code, d.service_code, d.batch, d.opens, d.closes, d.held_until,
       count(n.told) AS times, min(n.sent_at) AS sent_at, bool_or(n.sent_at >= d.opens AND n.sent_at < d.closes) AS in_days,
       bool_and(n.batch = d.batch) AS own_batch, max(n.batch) AS sent_batch, bool_and(n.whole) AS whole,
       min(n.came || '/' || n.parts) AS came, bool_and(n.tariff_said) AS tariff_said, min(n.said) AS said,
       bool_and(p.sender IS NOT NULL) AS right_port, min(n.sender) AS sender
FROM due AS d
LEFT JOIN named AS n USING (msisdn, provider_code, service_code, item)
LEFT JOIN port AS p ON p.sender = n.sender
GROUP BY d.msisdn, d.provider_code, d.service_code, d.batch, d.opens, d.closes, d.held_until;

INSERT INTO breach
WITH lost AS (
    SELECT o.*, b.sent_at AS broken_at, b.came AS broken_came
    FROM outcome AS o LEFT JOIN broken AS b ON b.msisdn = o.msisdn AND b.batch = o.batch
    WHERE times = 0 AND held_until >= closes
), stranger AS (
    SELECT t.msisdn, t.batch, t.sent_at, t.words, t.items, coalesce(n.known, 0) AS known
    FROM told AS t LEFT JOIN (
        SELECT told, count(DISTINCT provider_code || '/' || service_code) AS known FROM named GROUP BY told
    ) AS n USING (told)
)
SELECT 'missing' AS breach, msisdn, provider_code, service_code, batch, opens, closes, NULL::TIMESTAMP AS sent_at, '' AS found
FROM lost WHERE broken_at IS NULL
UNION ALL
SELECT 'twice', msisdn, provider_code, service_code, batch, opens, closes, sent_at, CAST(times AS VARCHAR)
FROM outcome WHERE times > 1
UNION ALL
SELECT 'outside_window', msisdn, provider_code, service_code, batch, opens, closes, sent_at, CAST(sent_at AS VARCHAR)
FROM outcome WHERE times > 0 AND NOT in_days
UNION ALL
SELECT 'wrong_batch', msisdn, provider_code, service_code, batch, opens, closes, sent_at, CAST(sent_batch AS VARCHAR)
FROM outcome WHERE times > 0 AND NOT own_batch
UNION ALL
SELECT 'wrong_port', msisdn, provider_code, service_code, batch, opens, closes, sent_at, sender
FROM outcome WHERE times > 0 AND NOT right_port
UNION ALL
SELECT 'wrong_tariff', msisdn, provider_code, service_code, batch, opens, closes, sent_at, said
FROM outcome WHERE times > 0 AND NOT tariff_said
UNION ALL
SELECT 'incomplete', msisdn, provider_code, service_code, batch, opens, closes, sent_at, came
FROM outcome WHERE times > 0 AND NOT whole
UNION ALL
SELECT 'incomplete', msisdn, provider_code, service_code, batch, opens, closes, broken_at, broken_came
FROM lost WHERE broken_at IS NOT NULL
UNION ALL
SELECT DISTINCT 'not_held', n.msisdn, n.provider_code, n.service_code, n.batch, d.opens, d.closes, n.sent_at, ''
FROM named AS n LEFT JOIN due AS d USING (msisdn, provider_code, service_code)
WHERE d.msisdn IS NULL OR d.held_until < n.sent_at
UNION ALL
SELECT 'not_held', msisdn, '', '', batch, NULL, NULL, sent_at, left(words, 200)
FROM stranger
WHERE items > known OR (known = 0 AND msisdn NOT IN (SELECT msisdn FROM due));

INSERT INTO batch_count
SELECT batch, count(*), count(*) FILTER (times > 0) FROM outcome GROUP BY batch;
