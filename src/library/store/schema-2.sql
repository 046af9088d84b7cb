-- Version 2 of library.db: the links of articles.

-- [[40,54,"https://…"],…]: from where to where in the body, and where it leads.
ALTER TABLE texts ADD COLUMN links TEXT;

CREATE VIEW links AS
SELECT t.article,
       l.value ->> 0                                                          AS start,
       l.value ->> 1                                                          AS end,
       substr(t.body, (l.value ->> 0) + 1, (l.value ->> 1) - (l.value ->> 0)) AS text,
       l.value ->> 2                                                          AS address
FROM texts t, json_each(t.links) l;
