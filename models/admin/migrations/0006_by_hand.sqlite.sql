ALTER TABLE "vpa" ADD COLUMN "made_by" TEXT
;;
ALTER TABLE "vpa" ADD COLUMN "missing" INTEGER
;;
ALTER TABLE "vpa" ADD COLUMN "merged_into" TEXT
;;
ALTER TABLE "customer" ADD COLUMN "made_by" TEXT
;;
ALTER TABLE "customer" ADD COLUMN "merged_into" TEXT
;;
ALTER TABLE "absence" ADD COLUMN "made_by" TEXT
;;
ALTER TABLE "absence" ADD COLUMN "missing" INTEGER
;;
ALTER TABLE "absence" ADD COLUMN "platform_id" TEXT
;;
ALTER TABLE "task" ADD COLUMN "made_by" TEXT
;;
ALTER TABLE "case" ADD COLUMN "made_by" TEXT
;;
UPDATE "vpa" SET missing = 1 WHERE gone
;;
UPDATE "absence" SET missing = 1 WHERE withdrawn
;;
CREATE INDEX "absence_entered_here" ON "absence" ("vpa", "start") WHERE (exported IS NULL)
;;
CREATE UNIQUE INDEX "absence_recognised" ON "absence" ("platform_id") WHERE (platform_id IS NOT NULL)
;;
CREATE INDEX "vpa_merged" ON "vpa" ("merged_into") WHERE (merged_into IS NOT NULL)
;;
CREATE INDEX "customer_merged" ON "customer" ("merged_into") WHERE (merged_into IS NOT NULL)
;;
DROP TRIGGER entry_no_update
;;
CREATE TRIGGER entry_no_update BEFORE UPDATE OF id, file, kind, situation, link, response, next_steps, tags, author, account, created_at, corrects, origin, platform_id ON entry BEGIN SELECT RAISE(ABORT, 'append only'); END
