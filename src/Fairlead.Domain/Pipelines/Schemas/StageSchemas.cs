using System.Collections.Frozen;

namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>Every kind of stage that works.</summary>
public static class StageSchemas
{
    /// <summary>In the order of the reference.</summary>
    public static readonly IReadOnlyList<StageSchema> All = [.. DeliverySchemas.All, .. CheckSchemas.All, .. ServerGroupSchemas.All, .. FlowSchemas.All];

    /// <summary>Kinds that are known and do not work yet.</summary>
    public static readonly IReadOnlyList<string> Planned = [];

    private static readonly FrozenDictionary<string, StageSchema> ByKind = All.ToFrozenDictionary(schema => schema.Kind, StringComparer.Ordinal);

    public static StageSchema? Find(string kind) => ByKind.GetValueOrDefault(kind);
}
