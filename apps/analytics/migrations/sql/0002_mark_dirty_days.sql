CREATE OR REPLACE FUNCTION analytics_booking_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'booked', NEW.provider_id, NEW.booking_date, NULL, FALSE WHERE 1 = 1 AND NEW.booking_date IS NOT NULL
UNION SELECT 'begun', NEW.provider_id, CAST(NULL AS date), NEW.created_at, FALSE WHERE 1 = 1 AND NEW.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_booking_made AFTER INSERT ON bookings_booking FOR EACH ROW  EXECUTE FUNCTION analytics_booking_made()

CREATE OR REPLACE FUNCTION analytics_booking_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'booked', OLD.provider_id, OLD.booking_date, NULL, FALSE WHERE 1 = 1 AND OLD.booking_date IS NOT NULL
UNION SELECT 'begun', OLD.provider_id, CAST(NULL AS date), OLD.created_at, FALSE WHERE 1 = 1 AND OLD.created_at IS NOT NULL
UNION SELECT 'booked', NEW.provider_id, NEW.booking_date, NULL, FALSE WHERE 1 = 1 AND NEW.booking_date IS NOT NULL
UNION SELECT 'begun', NEW.provider_id, CAST(NULL AS date), NEW.created_at, FALSE WHERE 1 = 1 AND NEW.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_booking_changed AFTER UPDATE ON bookings_booking FOR EACH ROW WHEN ((OLD.service_id, OLD.provider_id, OLD.city_id, OLD.series_id, OLD.is_first_of_series, OLD.status, OLD.booking_step, OLD.booking_date, OLD.booking_time, OLD.starts_at, OLD.started_at, OLD.estimated_duration, OLD.address, OLD.phone, OLD.total_amount, OLD.payment_method, OLD.paid_when, OLD.payment_status, OLD.is_repeat, OLD.created_at) IS DISTINCT FROM (NEW.service_id, NEW.provider_id, NEW.city_id, NEW.series_id, NEW.is_first_of_series, NEW.status, NEW.booking_step, NEW.booking_date, NEW.booking_time, NEW.starts_at, NEW.started_at, NEW.estimated_duration, NEW.address, NEW.phone, NEW.total_amount, NEW.payment_method, NEW.paid_when, NEW.payment_status, NEW.is_repeat, NEW.created_at)) EXECUTE FUNCTION analytics_booking_changed()

CREATE OR REPLACE FUNCTION analytics_booking_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'booked', OLD.provider_id, OLD.booking_date, NULL, FALSE WHERE 1 = 1 AND OLD.booking_date IS NOT NULL
UNION SELECT 'begun', OLD.provider_id, CAST(NULL AS date), OLD.created_at, FALSE WHERE 1 = 1 AND OLD.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_booking_gone AFTER DELETE ON bookings_booking FOR EACH ROW  EXECUTE FUNCTION analytics_booking_gone()

CREATE OR REPLACE FUNCTION analytics_booking_elsewhere() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'money', OLD.provider_id, CAST(NULL AS date), p.created_at, FALSE FROM payments_payment p WHERE p.booking_id = OLD.id AND p.created_at IS NOT NULL
UNION SELECT 'money', OLD.provider_id, CAST(NULL AS date), p.paid_at, FALSE FROM payments_payment p WHERE p.booking_id = OLD.id AND p.paid_at IS NOT NULL
UNION SELECT 'money', OLD.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id WHERE p.booking_id = OLD.id AND r.completed_at IS NOT NULL
UNION SELECT 'reviewed', OLD.provider_id, CAST(NULL AS date), v.created_at, FALSE FROM bookings_review v WHERE v.booking_id = OLD.id AND v.created_at IS NOT NULL
UNION SELECT 'money', NEW.provider_id, CAST(NULL AS date), p.created_at, FALSE FROM payments_payment p WHERE p.booking_id = NEW.id AND p.created_at IS NOT NULL
UNION SELECT 'money', NEW.provider_id, CAST(NULL AS date), p.paid_at, FALSE FROM payments_payment p WHERE p.booking_id = NEW.id AND p.paid_at IS NOT NULL
UNION SELECT 'money', NEW.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id WHERE p.booking_id = NEW.id AND r.completed_at IS NOT NULL
UNION SELECT 'reviewed', NEW.provider_id, CAST(NULL AS date), v.created_at, FALSE FROM bookings_review v WHERE v.booking_id = NEW.id AND v.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_booking_elsewhere AFTER UPDATE ON bookings_booking FOR EACH ROW WHEN ((OLD.service_id, OLD.provider_id, OLD.city_id) IS DISTINCT FROM (NEW.service_id, NEW.provider_id, NEW.city_id)) EXECUTE FUNCTION analytics_booking_elsewhere()

CREATE OR REPLACE FUNCTION analytics_payment_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'money', b.provider_id, CAST(NULL AS date), NEW.created_at, FALSE FROM bookings_booking b WHERE b.id = NEW.booking_id AND NEW.created_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), NEW.paid_at, FALSE FROM bookings_booking b WHERE b.id = NEW.booking_id AND NEW.paid_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM payments_refund r, bookings_booking b WHERE b.id = NEW.booking_id AND r.payment_id = NEW.id AND r.completed_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_payment_made AFTER INSERT ON payments_payment FOR EACH ROW  EXECUTE FUNCTION analytics_payment_made()

CREATE OR REPLACE FUNCTION analytics_payment_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'money', b.provider_id, CAST(NULL AS date), OLD.created_at, FALSE FROM bookings_booking b WHERE b.id = OLD.booking_id AND OLD.created_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), OLD.paid_at, FALSE FROM bookings_booking b WHERE b.id = OLD.booking_id AND OLD.paid_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM payments_refund r, bookings_booking b WHERE b.id = OLD.booking_id AND r.payment_id = OLD.id AND r.completed_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), NEW.created_at, FALSE FROM bookings_booking b WHERE b.id = NEW.booking_id AND NEW.created_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), NEW.paid_at, FALSE FROM bookings_booking b WHERE b.id = NEW.booking_id AND NEW.paid_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM payments_refund r, bookings_booking b WHERE b.id = NEW.booking_id AND r.payment_id = NEW.id AND r.completed_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_payment_changed AFTER UPDATE ON payments_payment FOR EACH ROW WHEN ((OLD.booking_id, OLD.method_id, OLD.status, OLD.is_settlement, OLD.failure_reason, OLD.processing_fee, OLD.total_amount, OLD.amount_collected, OLD.commission_percent, OLD.paid_at, OLD.created_at) IS DISTINCT FROM (NEW.booking_id, NEW.method_id, NEW.status, NEW.is_settlement, NEW.failure_reason, NEW.processing_fee, NEW.total_amount, NEW.amount_collected, NEW.commission_percent, NEW.paid_at, NEW.created_at)) EXECUTE FUNCTION analytics_payment_changed()

CREATE OR REPLACE FUNCTION analytics_payment_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'money', b.provider_id, CAST(NULL AS date), OLD.created_at, FALSE FROM bookings_booking b WHERE b.id = OLD.booking_id AND OLD.created_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), OLD.paid_at, FALSE FROM bookings_booking b WHERE b.id = OLD.booking_id AND OLD.paid_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM payments_refund r, bookings_booking b WHERE b.id = OLD.booking_id AND r.payment_id = OLD.id AND r.completed_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_payment_gone AFTER DELETE ON payments_payment FOR EACH ROW  EXECUTE FUNCTION analytics_payment_gone()

CREATE OR REPLACE FUNCTION analytics_refund_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'money', b.provider_id, CAST(NULL AS date), NEW.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id WHERE p.id = NEW.payment_id AND NEW.completed_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id JOIN payments_refund r ON r.payment_id = p.id WHERE p.id = NEW.payment_id AND r.completed_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_refund_made AFTER INSERT ON payments_refund FOR EACH ROW  EXECUTE FUNCTION analytics_refund_made()

CREATE OR REPLACE FUNCTION analytics_refund_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'money', b.provider_id, CAST(NULL AS date), OLD.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id WHERE p.id = OLD.payment_id AND OLD.completed_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id JOIN payments_refund r ON r.payment_id = p.id WHERE p.id = OLD.payment_id AND r.completed_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), NEW.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id WHERE p.id = NEW.payment_id AND NEW.completed_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id JOIN payments_refund r ON r.payment_id = p.id WHERE p.id = NEW.payment_id AND r.completed_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_refund_changed AFTER UPDATE ON payments_refund FOR EACH ROW WHEN ((OLD.payment_id, OLD.amount, OLD.status, OLD.completed_at) IS DISTINCT FROM (NEW.payment_id, NEW.amount, NEW.status, NEW.completed_at)) EXECUTE FUNCTION analytics_refund_changed()

CREATE OR REPLACE FUNCTION analytics_refund_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'money', b.provider_id, CAST(NULL AS date), OLD.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id WHERE p.id = OLD.payment_id AND OLD.completed_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, FALSE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id JOIN payments_refund r ON r.payment_id = p.id WHERE p.id = OLD.payment_id AND r.completed_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_refund_gone AFTER DELETE ON payments_refund FOR EACH ROW  EXECUTE FUNCTION analytics_refund_gone()

CREATE OR REPLACE FUNCTION analytics_review_made() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'reviewed', b.provider_id, CAST(NULL AS date), NEW.created_at, FALSE FROM bookings_booking b WHERE b.id = NEW.booking_id AND NEW.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_review_made AFTER INSERT ON bookings_review FOR EACH ROW  EXECUTE FUNCTION analytics_review_made()

CREATE OR REPLACE FUNCTION analytics_review_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'reviewed', b.provider_id, CAST(NULL AS date), OLD.created_at, FALSE FROM bookings_booking b WHERE b.id = OLD.booking_id AND OLD.created_at IS NOT NULL
UNION SELECT 'reviewed', b.provider_id, CAST(NULL AS date), NEW.created_at, FALSE FROM bookings_booking b WHERE b.id = NEW.booking_id AND NEW.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_review_changed AFTER UPDATE ON bookings_review FOR EACH ROW WHEN ((OLD.booking_id, OLD.rating, OLD.is_counted, OLD.created_at) IS DISTINCT FROM (NEW.booking_id, NEW.rating, NEW.is_counted, NEW.created_at)) EXECUTE FUNCTION analytics_review_changed()

CREATE OR REPLACE FUNCTION analytics_review_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'reviewed', b.provider_id, CAST(NULL AS date), OLD.created_at, FALSE FROM bookings_booking b WHERE b.id = OLD.booking_id AND OLD.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_review_gone AFTER DELETE ON bookings_review FOR EACH ROW  EXECUTE FUNCTION analytics_review_gone()

CREATE OR REPLACE FUNCTION analytics_service_category() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'booked', b.provider_id, b.booking_date, NULL, TRUE FROM bookings_booking b WHERE b.service_id = NEW.id AND b.booking_date IS NOT NULL
UNION SELECT 'begun', b.provider_id, CAST(NULL AS date), b.created_at, TRUE FROM bookings_booking b WHERE b.service_id = NEW.id AND b.created_at IS NOT NULL
UNION SELECT 'begun', b.provider_id, CAST(NULL AS date), b.created_at, TRUE FROM analytics_purgeddrafts b WHERE b.service_id = NEW.id AND b.created_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), p.created_at, TRUE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id WHERE b.service_id = NEW.id AND p.created_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), p.paid_at, TRUE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id WHERE b.service_id = NEW.id AND p.paid_at IS NOT NULL
UNION SELECT 'money', b.provider_id, CAST(NULL AS date), r.completed_at, TRUE FROM bookings_booking b JOIN payments_payment p ON p.booking_id = b.id JOIN payments_refund r ON r.payment_id = p.id WHERE b.service_id = NEW.id AND r.completed_at IS NOT NULL
UNION SELECT 'reviewed', b.provider_id, CAST(NULL AS date), v.created_at, TRUE FROM bookings_booking b JOIN bookings_review v ON v.booking_id = b.id WHERE b.service_id = NEW.id AND v.created_at IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_service_category AFTER UPDATE ON services_service FOR EACH ROW WHEN (OLD.category_id IS DISTINCT FROM NEW.category_id) EXECUTE FUNCTION analytics_service_category()

CREATE OR REPLACE FUNCTION analytics_service_seats() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO analytics_dirtyday (family, provider_id, day, moment, only_categories)
SELECT 'booked', b.provider_id, b.booking_date, NULL, FALSE FROM bookings_booking b WHERE b.service_id = NEW.id AND b.booking_date IS NOT NULL; RETURN NULL; END $$

CREATE OR REPLACE TRIGGER analytics_service_seats AFTER UPDATE ON services_service FOR EACH ROW WHEN (OLD.max_bookings IS DISTINCT FROM NEW.max_bookings) EXECUTE FUNCTION analytics_service_seats()
