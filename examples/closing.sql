-- The closing figures of an edition, counted a second time in SQL from `kunpeng export --all -o FOLDER` alone.
-- In that folder, for edition 2 and the day it is counted on:
--
--   sqlite3 -cmd "CREATE TABLE asked AS SELECT '2' AS edition, '2024-03-01' AS today" :memory: < closing.sql
--
-- Prints four tables as CSV: recognitions, activities-by-aspect, indicators and needs. A date known to the month or the
-- year has a first and a last day; only what is certain counts.

.bail on
.mode csv
.import activities.csv activities
.import attendance.csv attendance
.import editions.csv editions
.import indicators.csv indicators
.import members.csv members
.import needs.csv needs
.import recognitions.csv recognitions
.headers on

-- How long a title holds where a certificate names no end; see [recognitions] of programme.toml.
CREATE TABLE titles(place, id, months);
INSERT INTO titles VALUES
    (1, 'innovative-sme', 36), (2, 'tech-sme', 12), (3, 'hnte', 36),
    (4, 'srdi', 36), (5, 'little-giant', 36), (6, 'single-champion', 36);

-- The first and the last day of every date there is.
CREATE TABLE dates AS
SELECT d, CASE length(d) WHEN 4 THEN d || '-01-01' WHEN 7 THEN d || '-01' ELSE d END AS first,
    CASE length(d) WHEN 4 THEN d || '-12-31' WHEN 7 THEN date(d || '-01', '+1 month', '-1 day') ELSE d END AS last
FROM (
    SELECT opened AS d FROM editions UNION SELECT closed FROM editions UNION SELECT joined FROM members
    UNION SELECT "left" FROM members UNION SELECT recognised FROM recognitions UNION SELECT expires FROM recognitions
    UNION SELECT received FROM needs UNION SELECT closed FROM needs UNION SELECT date FROM activities
) WHERE d LIKE '____%' AND d <> 'never';

-- The days of each member in each edition: joined else opened, left else closed else today, never outside.
CREATE TABLE stays AS
SELECT m.enterprise, m.edition, o.first AS opened, length(e.opened) = 10 AS is_exact,
    max(coalesce(j.first, o.first), o.first) AS first,
    min(coalesce(l.last, c.last, asked.today), coalesce(c.last, asked.today)) AS last
FROM members m JOIN asked JOIN editions e ON e.id = m.edition
JOIN dates o ON o.d = e.opened LEFT JOIN dates c ON c.d = e.closed
LEFT JOIN dates j ON j.d = m.joined LEFT JOIN dates l ON l.d = m."left";

-- A day that closes one edition and opens the next counts for the one that closes.
CREATE TABLE days AS
SELECT s.enterprise, CASE WHEN s.first = s.opened AND s.is_exact AND EXISTS (
        SELECT 1 FROM stays b JOIN editions e ON e.id = b.edition
        WHERE b.enterprise = s.enterprise AND b.edition <> s.edition AND e.closed = s.opened
            AND e.opened <> e.closed AND b.first <= b.last AND b.last = s.opened)
    THEN date(s.first, '+1 day') ELSE s.first END AS first, s.last
FROM stays s JOIN asked ON asked.edition = s.edition WHERE s.first <= s.last;
DELETE FROM days WHERE first > last;

-- Certificates of members, with the last day each holds.
CREATE TABLE certificates AS
SELECT r.enterprise, r.title, r.action = 're-review' AS again, g.first AS given_first, g.last AS given_last,
    days.first, days.last, g.first >= days.first AND g.last <= days.last AS within,
    CASE
        WHEN r.expires = 'never' THEN '9999-12-31'
        WHEN r.expires <> '' THEN x.last
        WHEN t.months IS NULL THEN '9999-12-31'
        -- Where the month has no such day SQLite goes on into the next one: the day before its first.
        WHEN strftime('%d', date(g.last, '+' || t.months || ' months')) <> strftime('%d', g.last)
            THEN date(g.last, '+' || t.months || ' months', 'start of month', '-1 day')
        ELSE date(g.last, '+' || t.months || ' months', '-1 day')
    END AS ends
FROM recognitions r JOIN days USING (enterprise) JOIN dates g ON g.d = r.recognised
LEFT JOIN dates x ON x.d = r.expires LEFT JOIN titles t ON t.id = r.title;

CREATE TABLE courses AS
SELECT enterprise, title,
    max(given_last < first AND ends >= first) OR max(again AND within AND NOT EXISTS (
        SELECT 1 FROM certificates n WHERE n.enterprise = c.enterprise AND n.title = c.title
            AND NOT n.again AND n.within AND n.given_last < c.given_first)) AS at_entry,
    max(NOT again AND within) AS new, max(within) AS again,
    max(given_last <= last AND ends >= last) AS holds, max(given_last <= last) AS ever
FROM certificates c GROUP BY enterprise, title;

SELECT t.id AS title, count(*) FILTER (WHERE at_entry) AS at_entry,
    count(*) FILTER (WHERE NOT at_entry AND new) AS gained,
    count(*) FILTER (WHERE at_entry AND again) AS renewed,
    count(*) FILTER (WHERE (at_entry OR new) AND NOT holds) AS lapsed,
    count(*) FILTER (WHERE (at_entry OR new) AND holds) AS held,
    count(*) FILTER (WHERE ever) AS ever
FROM titles t LEFT JOIN courses ON courses.title = t.id GROUP BY t.id ORDER BY place;

-- Who was there on a day it was a member, of the activities that name the edition.
CREATE TABLE present AS
SELECT a.id, a.aspect, t.enterprise, t.heads
FROM activities a JOIN asked USING (edition) JOIN dates w ON w.d = a.date
JOIN attendance t ON t.activity = a.id AND t.status = 'present'
JOIN members m ON m.enterprise = t.enterprise AND m.edition = a.edition
LEFT JOIN dates j ON j.d = m.joined LEFT JOIN dates l ON l.d = m."left"
WHERE coalesce(j.first <= w.first, 1) AND coalesce(w.last <= l.last, 1);

SELECT a.aspect, count(*) AS activities, sum(a.hours) AS hours,
    (SELECT count(DISTINCT p.enterprise) FROM present p WHERE p.aspect = a.aspect) AS enterprises,
    (SELECT coalesce(sum(p.heads), 0) FROM present p WHERE p.aspect = a.aspect) AS person_times
FROM activities a JOIN asked USING (edition) GROUP BY a.aspect ORDER BY a.aspect;

-- The last full year before the opening and the last one ended by the close, over who reported both.
CREATE TABLE reported AS
SELECT i.enterprise, i.period, m.metric, CAST(CASE m.metric
    WHEN 'revenue' THEN revenue WHEN 'main_revenue' THEN main_revenue WHEN 'profit' THEN profit
    WHEN 'net_profit' THEN net_profit WHEN 'assets' THEN assets WHEN 'liabilities' THEN liabilities
    WHEN 'rd_expense' THEN rd_expense WHEN 'tax' THEN tax WHEN 'employees' THEN employees
    WHEN 'rd_staff' THEN rd_staff WHEN 'invention_patents' THEN invention_patents
    WHEN 'utility_models' THEN utility_models WHEN 'software_copyrights' THEN software_copyrights
    WHEN 'equity_raised' THEN equity_raised WHEN 'exports' THEN exports END AS NUMERIC) AS value
FROM indicators i, (SELECT column1 AS metric FROM (VALUES ('revenue'), ('main_revenue'), ('profit'), ('net_profit'),
    ('assets'), ('liabilities'), ('rd_expense'), ('tax'), ('employees'), ('rd_staff'), ('invention_patents'),
    ('utility_models'), ('software_copyrights'), ('equity_raised'), ('exports'))) m
WHERE CASE m.metric
    WHEN 'revenue' THEN revenue WHEN 'main_revenue' THEN main_revenue WHEN 'profit' THEN profit
    WHEN 'net_profit' THEN net_profit WHEN 'assets' THEN assets WHEN 'liabilities' THEN liabilities
    WHEN 'rd_expense' THEN rd_expense WHEN 'tax' THEN tax WHEN 'employees' THEN employees
    WHEN 'rd_staff' THEN rd_staff WHEN 'invention_patents' THEN invention_patents
    WHEN 'utility_models' THEN utility_models WHEN 'software_copyrights' THEN software_copyrights
    WHEN 'equity_raised' THEN equity_raised WHEN 'exports' THEN exports END <> '';

CREATE TABLE years AS
SELECT CAST(CAST(substr(o.first, 1, 4) AS INTEGER) - 1 AS TEXT) AS start,
    CAST(CAST(substr(coalesce(c.last, today), 1, 4) AS INTEGER)
        - (substr(coalesce(c.last, today), 6) <> '12-31') AS TEXT) AS end
FROM asked JOIN editions e ON e.id = asked.edition JOIN dates o ON o.d = e.opened LEFT JOIN dates c ON c.d = e.closed;

SELECT metric, count(*) FILTER (WHERE a IS NOT NULL AND b IS NOT NULL) AS matched, count(a) AS reported_start,
    count(b) AS reported_end, sum(a) FILTER (WHERE b IS NOT NULL) AS start_total,
    sum(b) FILTER (WHERE a IS NOT NULL) AS end_total
FROM (
    SELECT m.enterprise, r.metric, max(r.value) FILTER (WHERE r.period = years.start) AS a,
        max(r.value) FILTER (WHERE r.period = years.end) AS b
    FROM members m JOIN asked USING (edition) JOIN years JOIN reported r USING (enterprise)
    GROUP BY m.enterprise, r.metric
) GROUP BY metric ORDER BY metric;

-- Received within the days, or before them and not closed before them.
SELECT category, count(*) FILTER (WHERE NOT within) AS brought_forward, count(*) FILTER (WHERE within) AS received,
    count(*) FILTER (WHERE closed <= last) AS closed, count(*) FILTER (WHERE closed IS NULL OR closed > last) AS open
FROM (
    SELECT n.category, r.first >= days.first AND r.last <= days.last AS within, c.last AS closed, days.last
    FROM needs n JOIN days USING (enterprise) JOIN dates r ON r.d = n.received LEFT JOIN dates c ON c.d = n.closed
    WHERE r.first >= days.first AND r.last <= days.last
        OR r.last < days.first AND (c.d IS NULL OR c.first >= days.first)
) GROUP BY category ORDER BY category;
