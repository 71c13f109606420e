CREATE TABLE "earlier" ("place" TEXT NOT NULL, "key" TEXT NOT NULL, "was" TEXT, PRIMARY KEY ("place", "key"))
;;
CREATE TABLE "profile" ("id" TEXT NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "name" TEXT NOT NULL, "toml" TEXT NOT NULL, "set_at" TIMESTAMPTZ NOT NULL, "set_by" TEXT NOT NULL)
;;
ALTER TABLE "import" ADD COLUMN "reverted_at" TIMESTAMPTZ
;;
ALTER TABLE "import" ADD COLUMN "reverted_by" TEXT
;;
ALTER TABLE "import" ADD COLUMN "marks" TEXT
