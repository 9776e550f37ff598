using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>The type of a column of Parquet files, or of a part of one, as SQL names it: a scalar, a list or a struct.</summary>
internal sealed record FieldType
{
    private const string Text = "VARCHAR";
    private const string Boolean = "BOOLEAN";
    private const string Single = "FLOAT";
    private const string Double = "DOUBLE";

    // Ordered by width; a signed type holds every unsigned one that is narrower.
    private static readonly string[] Signed = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"];
    private static readonly string[] Unsigned = ["UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"];

    private FieldType(string sql, FieldType? element, IReadOnlyList<(string Name, FieldType Type)> fields)
    {
        Sql = sql;
        Element = element;
        Fields = fields;
    }

    /// <summary>Its whole name, which tells types apart.</summary>
    public string Sql { get; }

    /// <summary>Of a list.</summary>
    public FieldType? Element { get; }

    /// <summary>Of a struct; empty for others.</summary>
    public IReadOnlyList<(string Name, FieldType Type)> Fields { get; }

    /// <summary>How many scalars are in it, a list counting as its element.</summary>
    public int Width => Fields.Count > 0 ? Fields.Sum(part => part.Type.Width) : Element?.Width ?? 1;

    public static FieldType Scalar(string sql) => new(sql, null, []);

    public static FieldType List(FieldType element) => new($"{element.Sql}[]", element, []);

    public static FieldType Struct(IReadOnlyList<(string Name, FieldType Type)> fields) =>
        new($"STRUCT({string.Join(", ", fields.Select(field => $"{DuckDbText.Name(field.Name)} {field.Type.Sql}"))})", null, fields);

    public bool Equals(FieldType? other) => other is not null && Sql == other.Sql;

    public override int GetHashCode() => Sql.GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// The type that holds the values of both: structs have the fields of either, lists and numbers become wider, whole numbers beside fractions become
    /// DOUBLE (FLOAT where they fit), booleans beside numbers become numbers; all else is told as text.
    /// </summary>
    public FieldType With(FieldType other)
    {
        if (Equals(other))
            return this;
        if (Fields.Count > 0 && other.Fields.Count > 0)
            return WithFields(other);
        if (Element is not null && other.Element is not null)
            return List(Element.With(other.Element));
        return Scalar(Element is null && other.Element is null && Fields.Count == 0 && other.Fields.Count == 0 ? Wider(Sql, other.Sql) : Text);
    }

    /// <summary>True when every part of it has the same type in the other, which may have more fields.</summary>
    public bool IsPartOf(FieldType other) =>
        Equals(other) || (Element is not null && other.Element is not null && Element.IsPartOf(other.Element))
        || (Fields.Count > 0 && Fields.All(field => other.Find(field.Name) is { } match && field.Type.IsPartOf(match)));

    private FieldType? Find(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return field.Type;
        }

        return null;
    }

    private FieldType WithFields(FieldType other) =>
        Struct(
        [
            .. Fields.Select(field => (field.Name, other.Find(field.Name) is { } match ? field.Type.With(match) : field.Type)),
            .. other.Fields.Where(field => Find(field.Name) is null),
        ]);

    private static string Wider(string left, string right)
    {
        if (left == Boolean || right == Boolean)
        {
            var another = left == Boolean ? right : left;
            return IsNumber(another) ? another : Text;
        }

        if (!IsNumber(left) || !IsNumber(right))
            return Text;
        if (IsFraction(left) || IsFraction(right))
            return FitsSingle(left) && FitsSingle(right) ? Single : Double;
        var (i, j) = (Array.IndexOf(Signed, left), Array.IndexOf(Signed, right));
        if (i >= 0 && j >= 0)
            return Signed[Math.Max(i, j)];
        var (k, m) = (Array.IndexOf(Unsigned, left), Array.IndexOf(Unsigned, right));
        return k >= 0 && m >= 0 ? Unsigned[Math.Max(k, m)] : Signed[Math.Max(Math.Max(i, j), Math.Max(k, m) + 1)];
    }

    private static bool IsFraction(string sql) => sql is Single or Double;

    private static bool IsNumber(string sql) => IsFraction(sql) || Signed.Contains(sql) || Unsigned.Contains(sql);

    // A FLOAT holds whole numbers up to 2^24.
    private static bool FitsSingle(string sql) => sql == Single || Array.IndexOf(Signed, sql) is 0 or 1 || Array.IndexOf(Unsigned, sql) is 0 or 1;
}
