using System.Text;
using System.Text.Json;
using Fairlead.Load.Inputs;

namespace Fairlead.Load.Tests;

internal static class Rows
{
    /// <summary>Rows that fit the test service, with a column that no input takes.</summary>
    public static LoadRows ForAdder(int count) => Of(["a", "name", "extra"], Enumerable.Range(0, count).Select(i => $"""[{i}.5,"row {i}",null]"""));

    public static LoadRows Of(IReadOnlyList<string> columns, params IEnumerable<string> rows)
    {
        var lines = new StringBuilder("{\"columns\":[").AppendJoin(',', columns.Select(column => $$"""{"name":{{JsonSerializer.Serialize(column)}},"type":"ANY"}""")).Append("]}\n");
        foreach (var row in rows)
            lines.Append(row).Append('\n');
        return LoadRows.Parse(lines.ToString());
    }
}
