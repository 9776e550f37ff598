using System.Runtime.InteropServices;
using System.Text.Json;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>The fields of a struct over values whose names users chose: without the difference of capitals, which SQL does not see, and not too many.</summary>
/// <param name="sql">The statement that will read it.</param>
/// <param name="most">Names up to which all are fields; of more only those that stand in the statement.</param>
internal sealed class StructNames(string sql, int most)
{
    private readonly Dictionary<string, string> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    /// <summary>As <c>from_json</c> takes it.</summary>
    public string Structure { get; private set; } = "\"JSON\"";

    /// <param name="type">BOOLEAN, BIGINT, DOUBLE or VARCHAR.</param>
    public void Add(string name, string type)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(types, name, out _);
        if (known is null)
            known = type;
        else if (known != type)
            known = known is "BIGINT" or "DOUBLE" && type is "BIGINT" or "DOUBLE" ? "DOUBLE" : "VARCHAR";
    }

    /// <summary>Settles the fields; called once, after the last name.</summary>
    public void Close()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var members = new List<string>();
        foreach (var (name, type) in types.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (name.Length == 0 || (types.Count > most && !sql.Contains(DuckDbText.Name(name)[1..^1], StringComparison.OrdinalIgnoreCase)))
                continue;
            var field = name;
            for (var suffix = 1; !taken.Add(field); suffix++)
                field = $"{name}_{suffix}";
            fields.Add(name, field);
            members.Add($"{JsonSerializer.Serialize(field, Domain.Serialization.DomainJson.Default.String)}:\"{type}\"");
        }

        if (members.Count > 0)
            Structure = $"{{{string.Join(',', members)}}}";
    }

    /// <summary>The fields by name that a statement may read: asked once, not for every run, since it searches the statement.</summary>
    /// <param name="column">Of the struct.</param>
    public IReadOnlyDictionary<string, JsonEncodedText> FieldsIn(ReadColumns columns, string column) =>
        fields.Where(field => columns.ContainsMember(column, field.Value)).ToDictionary(field => field.Key, field => JsonEncodedText.Encode(field.Value), StringComparer.Ordinal);
}
