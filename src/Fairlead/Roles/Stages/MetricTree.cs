using System.Text.Json.Nodes;

namespace Fairlead.Roles.Stages;

/// <summary>Metrics with dots in their names as nested objects, as conditions in SQL refer to them.</summary>
internal static class MetricTree
{
    public static JsonObject Of(IReadOnlyDictionary<string, double> metrics)
    {
        var root = new JsonObject();
        foreach (var (name, value) in metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            if (double.IsFinite(value))
                Place(root, name.Split('.'), value);
        }

        return root;
    }

    // A name that is both a metric and the beginning of others keeps its value alone.
    private static void Place(JsonObject node, string[] path, double value)
    {
        for (var depth = 0; depth < path.Length - 1; depth++)
        {
            if (node[path[depth]] is not JsonObject inner)
            {
                if (node.ContainsKey(path[depth]))
                    return;
                node[path[depth]] = inner = [];
            }

            node = inner;
        }

        node[path[^1]] = value;
    }
}
