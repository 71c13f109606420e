CREATE TABLE "restriction" ("subject" TEXT NOT NULL PRIMARY KEY, "at" TIMESTAMPTZ NOT NULL, "made_by" TEXT NOT NULL, "reason" TEXT NOT NULL)
;;
CREATE TABLE "hold" ("subject" TEXT NOT NULL PRIMARY KEY, "until" DATE NOT NULL, "reason" TEXT NOT NULL, "at" TIMESTAMPTZ NOT NULL, "made_by" TEXT NOT NULL)
;;
CREATE TABLE "erasure" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "version" INTEGER NOT NULL, "subject" TEXT NOT NULL, "requested_at" TIMESTAMPTZ NOT NULL, "requested_by" TEXT NOT NULL, "reason" TEXT NOT NULL, "state" TEXT NOT NULL, "done_at" TIMESTAMPTZ, "done_by" TEXT, "also" TEXT NOT NULL, "cleaned" INTEGER NOT NULL)
;;
CREATE INDEX "erasure_subject" ON "erasure" ("subject")
;;
CREATE TABLE "access" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "at" TIMESTAMPTZ NOT NULL, "member" TEXT, "account" TEXT NOT NULL, "what" TEXT NOT NULL, "subject" TEXT, "once" TEXT)
;;
CREATE INDEX "access_member" ON "access" ("member")
;;
CREATE INDEX "access_subject" ON "access" ("subject")
;;
CREATE UNIQUE INDEX "access_once" ON "access" ("once")
