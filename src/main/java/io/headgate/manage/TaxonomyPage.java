package io.headgate.manage;

import io.headgate.taxonomy.EventType;
import io.headgate.taxonomy.Taxonomy;
import io.headgate.taxonomy.TaxonomyException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** {@code POST /taxonomy/reload}: a taxonomy with a fault is refused whole and the running one stays. */
public final class TaxonomyPage implements Page {
    private final Supplier<Future<Taxonomy>> reload;

    /** {@code reload} reads it anew and answers the one in force then. */
    public TaxonomyPage(Supplier<Future<Taxonomy>> reload) {
        this.reload = reload;
    }

    @Override
    public void routes(Router router) {
        router.post("/taxonomy/reload").handler(this::reload);
    }

    private void reload(RoutingContext context) {
        reload.get().onComplete(taxonomy -> ManagementPort.json(context, 200, of(taxonomy)), fault -> {
            if (fault instanceof TaxonomyException) {
                Problem.send(context, 422, "the taxonomy has faults; the running one stays", fault.getMessage());
            } else {
                context.fail(fault);
            }
        });
    }

    static JsonObject of(Taxonomy taxonomy) {
        JsonArray types = new JsonArray();
        for (EventType type : taxonomy.types()) {
            types.add(new JsonObject()
                    .put("name", type.name())
                    .put("version", type.version())
                    .put("lead", type.lead()));
        }
        return new JsonObject().put("version", taxonomy.version()).put("types", types);
    }
}
