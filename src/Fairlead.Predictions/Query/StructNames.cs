using System.Text.Json;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>The fields of a struct over values whose names users chose: without the difference of capitals, which SQL does not see, and not too many.</summary>
/// <param name="sql">The statement that will read it.</param>
/// <param name="most">Names up to which all are fields; of more only those that stand in the statement.</param>
internal sealed class StructNames(string sql, int most)
{
    private readonly SortedDictionary<string, string> types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    /// <summary>As <c>from_json</c> takes it.</summary>
    public string Structure { get; private set; } = "\"JSON\"";

    /// <param name="type">BOOLEAN, BIGINT, DOUBLE or VARCHAR.</param>
    public void Add(string name, string type) =>
        types[name] = !types.TryGetValue(name, out var known) || known == type ? type
            : known is "BIGINT" or "DOUBLE" && type is "BIGINT" or "DOUBLE" ? "DOUBLE"
            : "VARCHAR";

    /// <summary>Settles the fields; called once, after the last name.</summary>
    public void Close()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var members = new List<string>();
        foreach (var (name, type) in types)
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

    /// <summary>The field of a name; null when it has none.</summary>
    public string? Find(string name) => fields.GetValueOrDefault(name);
}
