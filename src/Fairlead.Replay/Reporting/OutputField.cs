using System.Globalization;
using Fairlead.DuckDb;

namespace Fairlead.Replay.Reporting;

/// <summary>One output of the replayed rows, and the expressions that compare it with the recorded one.</summary>
/// <param name="name">Field of the structs <c>recorded</c> and <c>replayed</c>.</param>
/// <param name="tolerance">Share of the larger number that two may differ by.</param>
/// <param name="instead">A text that is compared in its place where it was kept.</param>
internal sealed class OutputField(string name, DuckDbType type, double tolerance, string? instead = null)
{
    private readonly string recorded = $"recorded.{DuckDbText.Name(name)}";
    private readonly string replayed = $"replayed.{DuckDbText.Name(name)}";

    public string Name => name;

    public DuckDbType Type => type;

    public bool IsList => type.Kind == DuckDbTypeKind.List;

    /// <summary>A number in each row.</summary>
    public bool IsNumber => IsNumeric(type);

    /// <summary>A number in each row, or a list of them.</summary>
    public bool HasDifference => IsNumeric(type.Element ?? type);

    /// <summary>True where there is something to be compared with.</summary>
    public string IsCompared => instead is null ? $"({recorded} IS NOT NULL)" : $"({recorded} IS NOT NULL AND coalesce(recorded.{DuckDbText.Name(instead)}, '') = '')";

    public string IsIdentical => $"({recorded} IS NOT DISTINCT FROM {replayed})";

    /// <summary>Replayed minus recorded; for lists the largest without its sign. A DOUBLE, NULL where there is none.</summary>
    public string Difference => IsList
        ? $"CASE WHEN len({recorded}) = len({replayed}) THEN list_max(list_transform(range(1, len({recorded}) + 1), i -> abs({replayed}[i]::DOUBLE - {recorded}[i]::DOUBLE))) END"
        : $"({replayed}::DOUBLE - {recorded}::DOUBLE)";

    /// <summary>The same within the tolerance; what is no number must be the same.</summary>
    public string IsWithin => !HasDifference
        ? IsIdentical
        : IsList
            ? $"({IsIdentical} OR (len({recorded}) = len({replayed}) AND coalesce(list_bool_and(list_transform(range(1, len({recorded}) + 1), i -> {Close($"{recorded}[i]", $"{replayed}[i]")})), true)))"
            : $"({IsIdentical} OR coalesce({Close(recorded, replayed)}, false))";

    private string Close(string left, string right) => string.Create(
        CultureInfo.InvariantCulture,
        $"(abs({right}::DOUBLE - {left}::DOUBLE) <= {tolerance:R} * greatest(abs({left}::DOUBLE), abs({right}::DOUBLE)))");

    private static bool IsNumeric(DuckDbType type) => type.Kind is DuckDbTypeKind.Float or DuckDbTypeKind.Double
        or DuckDbTypeKind.TinyInt or DuckDbTypeKind.SmallInt or DuckDbTypeKind.Integer or DuckDbTypeKind.BigInt
        or DuckDbTypeKind.UTinyInt or DuckDbTypeKind.USmallInt or DuckDbTypeKind.UInteger or DuckDbTypeKind.UBigInt;
}
