CREATE TABLE "outbox" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "version" INTEGER NOT NULL, "kind" TEXT NOT NULL, "subject" TEXT NOT NULL, "about" TEXT NOT NULL, "text" TEXT NOT NULL, "written" TEXT NOT NULL, "value" TEXT, "file" TEXT, "made_at" TIMESTAMPTZ NOT NULL, "made_by" TEXT NOT NULL, "state" TEXT NOT NULL, "done_at" TIMESTAMPTZ, "done_by" TEXT, "how" TEXT, "takes_back" INTEGER)
;;
CREATE INDEX "outbox_written" ON "outbox" ("written")
;;
CREATE INDEX "outbox_state_id" ON "outbox" ("state", "id")
;;
CREATE INDEX "outbox_made_by_state_id" ON "outbox" ("made_by", "state", "id")
;;
CREATE INDEX "outbox_subject_state_id" ON "outbox" ("subject", "state", "id")
;;
CREATE TABLE "twin" ("file" TEXT NOT NULL, "platform_id" TEXT NOT NULL, "own" TEXT NOT NULL, "exported" TEXT NOT NULL, "at" TIMESTAMPTZ NOT NULL, PRIMARY KEY ("file", "platform_id"))
;;
CREATE UNIQUE INDEX "twin_file_own" ON "twin" ("file", "own")
;;
ALTER TABLE "reminder" ADD COLUMN "every" TEXT
;;
ALTER TABLE "member" ADD COLUMN "deputy" TEXT
