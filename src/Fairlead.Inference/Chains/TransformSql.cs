using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>The statements around a transform's own.</summary>
internal static class TransformSql
{
    public const string Table = "input";

    /// <summary>The column with the number of each row, from 0.</summary>
    public const string Row = "row";
    /// <summary>The table of one row with the settings of the service.</summary>
    public const string Config = "config";
    private const string View = "fairlead_transform";

    /// <summary>Makes the table that the transform reads.</summary>
    public static string CreateTable(IEnumerable<TensorSpec> columns) =>
        $"CREATE TEMP TABLE {Table} ({string.Join(", ", columns.Select(Definition).Prepend($"\"{Row}\" BIGINT"))})";

    /// <summary>Makes the table of the settings, which is of constants, so that whatever compares with them is worked out once.</summary>
    public static string CreateConfig(IEnumerable<ConfigSetting> settings) =>
        $"CREATE VIEW {Config} AS SELECT {string.Join(", ", settings.Select(setting => $"{ValueOf(setting)} AS {DuckDbText.Name(setting.Name)}"))}";

    /// <summary>Keeps the transform under a name, so that what it is wrapped in cannot be mistaken for a part of it.</summary>
    /// <param name="sql">One statement.</param>
    public static string CreateView(string sql) => $"CREATE TEMP VIEW {View} AS {sql}";

    public static string Describe => $"SELECT * FROM {View} LIMIT 0";

    /// <summary>Reads the columns that later stages want, in the order of the rows where the transform names them; the row's number comes first then.</summary>
    public static string Select(PlannedStage stage)
    {
        var columns = stage.Emissions.Select(Cast);
        return stage.HasRow
            ? $"SELECT {string.Join(", ", columns.Prepend($"CAST(\"{Row}\" AS BIGINT)"))} FROM {View} ORDER BY 1"
            : $"SELECT {string.Join(", ", columns.DefaultIfEmpty("1"))} FROM {View}";
    }

    /// <summary>The same over one row, with a parameter for each of its values.</summary>
    public static string SelectSingle(PlannedStage stage)
    {
        var parameter = 0;
        var columns = stage.Table.Select(Value).Prepend($"CAST(0 AS BIGINT) AS \"{Row}\"").ToArray();
        var sql = stage.Sql!.TrimEnd().TrimEnd(';');
        return $"WITH {Table} AS (SELECT {string.Join(", ", columns)}), {View} AS (\n{sql}\n) {Select(stage)}";

        string Value(TensorSpec column)
        {
            var elements = Enumerable.Range(0, SingleRow.Width(column)).Select(_ => $"CAST(CAST(${++parameter} AS {SingleRow.ParameterType(column.Type)}) AS {SqlTypes.NameOf(column.Type)})");
            return SqlTypes.IsScalar(column.Shape)
                ? $"{elements.Single()} AS {DuckDbText.Name(column.Name)}"
                : $"CAST([{string.Join(", ", elements)}] AS {SqlTypes.NameOf(column.Type)}[]) AS {DuckDbText.Name(column.Name)}";
        }
    }

    /// <summary>What the database said, on one line and without the place, which lies in a statement that nobody wrote.</summary>
    public static string Reason(DuckDbException e)
    {
        var place = e.Message.IndexOf("\nLINE ", StringComparison.Ordinal);
        return string.Join(' ', (place < 0 ? e.Message : e.Message[..place]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string ValueOf(ConfigSetting setting)
    {
        var type = setting.Type switch
        {
            ConfigType.Number => "DOUBLE",
            ConfigType.Integer => "BIGINT",
            ConfigType.Boolean => "BOOLEAN",
            ConfigType.String => "VARCHAR",
            _ => "JSON",
        };
        return $"CAST({(setting.Effective is { } value ? DuckDbText.Literal(ConfigJson.Text(value)) : "NULL")} AS {type})";
    }

    private static string Definition(TensorSpec column) =>
        $"{DuckDbText.Name(column.Name)} {SqlTypes.NameOf(column.Type)}{(SqlTypes.IsScalar(column.Shape) ? "" : "[]")}";

    // The bytes of a BLOB are taken as they are; as text they would be escaped.
    private static string Cast(Emission emission) =>
        emission.Column.Element.Kind == DuckDbTypeKind.Blob && emission.Type == TensorType.Bytes
            ? DuckDbText.Name(emission.Column.Name)
            : $"CAST({DuckDbText.Name(emission.Column.Name)} AS {SqlTypes.NameOf(emission.Type)}{(emission.Column.IsList ? "[]" : "")})";
}
