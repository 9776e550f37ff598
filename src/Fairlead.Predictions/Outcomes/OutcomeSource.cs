using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Outcomes;

/// <summary>A file of outcomes in a database of its own: its rows as they will be logged, and what is wrong with the others.</summary>
internal sealed class OutcomeSource(DuckDbConnection connection, string path, OutcomeFileFormat format, OutcomeMapping mapping)
{
    private static readonly string[] IdNames = ["prediction", "prediction_id", "id"];
    private static readonly HashSet<string> NumberTypes = new(StringComparer.Ordinal)
    {
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE",
    };

    /// <summary>The first is taken where none is there.</summary>
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    private const int LongestHeader = 64 * 1024;
    private readonly List<(string Name, string Type)> columns = [];
    private readonly Dictionary<string, string> numbers = new(StringComparer.Ordinal);
    private List<string> values = [];
    private string key = "";
    private string? time;

    /// <summary>Columns of values that are not numbers by their type.</summary>
    public IEnumerable<string> Texts => values.Where(name => !IsNumber(TypeOf(name)));

    /// <summary>Reads the whole file.</summary>
    /// <exception cref="FairleadException">Invalid: the file is empty, or a column is missing or of no use.</exception>
    /// <exception cref="DuckDbException">The file is not of its format.</exception>
    public void Load(CancellationToken cancellationToken)
    {
        if (IsEmpty())
            throw FairleadException.Invalid("The file is empty; give one with a row for each outcome.");
        connection.Execute($"CREATE TABLE source AS SELECT * FROM {Reader()}", cancellationToken);
        using (var described = connection.Query("SELECT column_name, column_type FROM (DESCRIBE source)", cancellationToken))
        {
            while (described.Read(cancellationToken))
                columns.Add(((string)described.Value(0)!, (string)described.Value(1)!));
        }

        key = mapping.Service is not null ? Column(mapping.UnitColumn ?? "unit") : Column(mapping.IdColumn ?? IdNames.FirstOrDefault(Has) ?? IdNames[0]);
        time = mapping.TimeColumn is { } given ? Column(given) : Has("time") ? Column("time") : null;
        values = mapping.ValueColumns.Count > 0
            ? [.. mapping.ValueColumns.Select(Column)]
            : [.. columns.Select(column => column.Name).Where(name => name != key && name != time)];
        if (values.Count is 0 or > OutcomeRules.MaxFields)
            throw FairleadException.Invalid($"The file has {values.Count} columns of values; give 1 to {OutcomeRules.MaxFields}.");
        if (columns.Find(column => values.Contains(column.Name) && IsNested(column.Type)) is { Name: { } nested, Type: var type })
            throw FairleadException.Invalid($"The column '{nested}' is a {type}; outcomes hold numbers, texts, true and false.");
    }

    /// <summary>Looks at every row that was loaded.</summary>
    /// <param name="recorded">Those of <see cref="Texts"/> of which nothing but numbers is recorded: a text among them would make a text of the field.</param>
    /// <exception cref="FairleadException">Invalid: a column that is said to be text, of a field of numbers.</exception>
    public void Check(IReadOnlySet<string> recorded, CancellationToken cancellationToken)
    {
        var texts = mapping.TextColumns.Select(Column).ToHashSet(StringComparer.Ordinal);
        foreach (var name in Texts)
        {
            if (recorded.Contains(name) && texts.Contains(name))
                throw FairleadException.Invalid($"All that is recorded of '{name}' is numbers, and texts would make texts of them; give the column another name.");
            if (recorded.Contains(name))
                numbers[name] = $"as all that is recorded of {DuckDbText.Name(name)} is";
            else if (!texts.Contains(name) && IsMixed(name))
                numbers[name] = $"as most of {DuckDbText.Name(name)} are";
        }

        CheckRows(mapping.Service is not null, cancellationToken);
    }

    /// <summary>
    /// True for a column that is one of texts only because of a few values: most are numbers. Taken as it is, it would make texts of a field that
    /// was one of numbers. Texts that are all numbers are meant as texts where the file has types.
    /// </summary>
    private bool IsMixed(string name) =>
        TypeOf(name) is "VARCHAR" or "JSON"
        && connection.Scalar($"SELECT 2 * count({Number(name)}) > count({Text(name)}) AND ({(format == OutcomeFileFormat.Csv ? "true" : "false")} OR count({Number(name)}) < count({Text(name)})) FROM source") is true;

    /// <summary>How many rows cannot be taken, and the first of them.</summary>
    public (long Count, IReadOnlyList<string> First) Problems(int most)
    {
        var count = (long)connection.Scalar("SELECT count(*) FROM checked WHERE problem IS NOT NULL")!;
        var first = new List<string>();
        Read("SELECT 'row ' || (number + 1) || ': ' || problem FROM checked WHERE problem IS NOT NULL ORDER BY number");
        if (format == OutcomeFileFormat.Csv)
        {
            count += (long)connection.Scalar("SELECT count(DISTINCT line) FROM reject_errors")!;
            Read("SELECT 'line ' || line || ': ' || any_value(split_part(error_message, chr(10), 1)) FROM reject_errors GROUP BY line ORDER BY line");
        }

        return (count, first);

        void Read(string sql)
        {
            using var result = connection.Query($"{sql} LIMIT {most}");
            while (first.Count < most && result.Read())
                first.Add((string)result.Value(0)!);
        }
    }

    /// <summary>The rows to log: UUID of a prediction or text of a unit, microseconds or NULL, JSON.</summary>
    public DuckDbResult Rows(CancellationToken cancellationToken) =>
        connection.Query("SELECT key, moment, json FROM checked WHERE problem IS NULL ORDER BY number", cancellationToken);

    private void CheckRows(bool isKeyed, CancellationToken cancellationToken)
    {
        var id = DuckDbText.Name(key);
        var at = time is null ? "NULL::TIMESTAMPTZ" : $"TRY_CAST({DuckDbText.Name(time)} AS TIMESTAMPTZ)";
        var json = $"to_json(struct_pack({string.Join(", ", values.Select(name => $"{DuckDbText.Name(name)} := {Value(name)}"))}))::VARCHAR";
        connection.Execute(
            $"""
            CREATE TABLE checked AS SELECT rowid AS number, {(isKeyed ? $"{id}::VARCHAR" : $"TRY_CAST({id} AS UUID)")} AS key, epoch_us({at}) AS moment, {json} AS json,
              CASE {string.Join(' ', Rules(id, time is null ? null : DuckDbText.Name(time), at, json, isKeyed).Select(rule => $"WHEN {rule.Condition} THEN {rule.Problem}"))} END AS problem
            FROM source
            """,
            cancellationToken);
    }

    private IEnumerable<(string Condition, string Problem)> Rules(string id, string? moment, string at, string json, bool isKeyed)
    {
        yield return ($"coalesce({id}::VARCHAR, '') = ''", DuckDbText.Literal($"{id} is empty"));
        if (!isKeyed)
            yield return ($"TRY_CAST({id} AS UUID) IS NULL", Quoted(id, "is no prediction"));
        if (moment is not null)
            yield return ($"{moment} IS NOT NULL AND NOT coalesce(year({at}) BETWEEN 1970 AND 9000, false)", Quoted(moment, "is no time between the years 1970 and 9000"));
        yield return (string.Join(" AND ", values.Select(name => $"{DuckDbText.Name(name)} IS NULL")), "'it has no value'");
        foreach (var (name, why) in numbers)
            yield return ($"{DuckDbText.Name(name)} IS NOT NULL AND {Number(name)} IS NULL", Quoted(Text(name), $"is no number, {why}".Replace("'", "''", StringComparison.Ordinal)));
        foreach (var name in values.Where(name => TypeOf(name) is "FLOAT" or "DOUBLE" || numbers.ContainsKey(name)))
            yield return ($"NOT isfinite({Number(name)})", Quoted(Text(name), "is not finite"));
        yield return ($"strlen({json}) > {OutcomeRules.MaxBytes}", $"'it has more than {OutcomeRules.MaxBytes} bytes'");
    }

    private static string Quoted(string column, string what) => $"'''' || left({column}::VARCHAR, 50) || ''' {what}'";

    private string Reader() => format switch
    {
        OutcomeFileFormat.Csv => $"read_csv({DuckDbText.Literal(path)}, header = true, delim = {DuckDbText.Literal(Delimiter())}, quote = '\"', escape = '\"', sample_size = -1, store_rejects = true)",
        OutcomeFileFormat.Parquet => $"read_parquet({DuckDbText.Literal(path)}, hive_partitioning = false)",
        _ => $"read_json({DuckDbText.Literal(path)}, format = 'newline_delimited', sample_size = -1)",
    };

    // Of nothing DuckDB makes columns with names of its own.
    private bool IsEmpty()
    {
        if (format == OutcomeFileFormat.Parquet)
            return new FileInfo(path).Length == 0;
        using var reader = new StreamReader(path);
        for (var next = reader.Read(); next >= 0; next = reader.Read())
        {
            if (!char.IsWhiteSpace((char)next))
                return false;
        }

        return true;
    }

    // Told by the line of names: with a few torn rows DuckDB would rather take the whole line for one column.
    private string Delimiter()
    {
        using var reader = new StreamReader(path);
        var names = new char[LongestHeader];
        var header = names.AsSpan(0, reader.ReadBlock(names, 0, names.Length));
        var end = header.IndexOfAny('\r', '\n');
        var line = (end < 0 ? header : header[..end]).ToString();
        return Delimiters.MaxBy(delimiter => line.Count(character => character == delimiter)).ToString();
    }

    private bool Has(string name) => columns.Exists(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private string Column(string name) =>
        columns.Find(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Name
            ?? throw FairleadException.Invalid($"The file has no column '{name}'; {NearestName.Hint(name, [.. columns.Select(column => column.Name)])}");

    private string TypeOf(string name) => columns.Find(column => column.Name == name).Type;

    // JSON knows numbers and booleans; all else goes in as its text.
    private string Value(string name)
    {
        var type = TypeOf(name);
        return numbers.ContainsKey(name) ? Number(name)
            : NumberTypes.Contains(type) || type == "BOOLEAN" ? DuckDbText.Name(name)
            : IsNumber(type) ? $"{DuckDbText.Name(name)}::DOUBLE"
            : Text(name);
    }

    // A column of JSON lines with numbers and texts is JSON, in which texts have quotes.
    private string Text(string name) => TypeOf(name) == "JSON" ? $"({DuckDbText.Name(name)} ->> '$')" : $"{DuckDbText.Name(name)}::VARCHAR";

    private string Number(string name) => TypeOf(name) == "BOOLEAN" ? $"{DuckDbText.Name(name)}::DOUBLE" : $"TRY_CAST({Text(name)} AS DOUBLE)";

    private static bool IsNumber(string type) => NumberTypes.Contains(type) || type.StartsWith("DECIMAL", StringComparison.Ordinal);

    private static bool IsNested(string type) =>
        type.EndsWith(']') || type.StartsWith("STRUCT", StringComparison.Ordinal) || type.StartsWith("MAP", StringComparison.Ordinal) || type.StartsWith("UNION", StringComparison.Ordinal);
}
