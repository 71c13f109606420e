ALTER TABLE "reminder" ADD COLUMN "answer" TEXT
;;
ALTER TABLE "customer" ADD COLUMN "watched_for" TEXT
;;
ALTER TABLE "customer" ADD COLUMN "watched_by" TEXT
