CREATE VIEW green_entry AS SELECT id, file, subject, kind, situation, link, response, next_steps, tags, author, created_at, corrects, withdrawn_at
FROM entry WHERE file = 'vpa_kunde'
