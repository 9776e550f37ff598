using System.Buffers;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Runs;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Runs as a table in which <c>params.l2</c> and <c>metrics.auc</c> are columns of their own type: parameters and metrics are structs of all names that any run has.
/// </summary>
internal static class RunTable
{
    /// <summary>Names of which all are columns; of more only those that stand in the statement, since each is a column of every run.</summary>
    private const int MostNames = 300;

    private const string Columns =
        """
        "run":"VARCHAR","step":"VARCHAR","number":"INTEGER","variant":"VARCHAR","status":"VARCHAR","commit":"VARCHAR","branch":"VARCHAR","dirty":"BOOLEAN",
        "started":"TIMESTAMPTZ","finished":"TIMESTAMPTZ","seconds":"DOUBLE","key":"VARCHAR","command":"VARCHAR","inputs":"JSON","outputs":"JSON","exit_code":"INTEGER",
        "error":"VARCHAR","machine":"VARCHAR","started_by":"VARCHAR","sandbox":"VARCHAR","cpu_seconds":"DOUBLE","peak_memory":"BIGINT",
        "tags":["VARCHAR"],"notes":["VARCHAR"],"verdict":"VARCHAR","unsteady":"BOOLEAN"
        """;

    /// <param name="sql">The statement that will read it.</param>
    /// <param name="isNarrow">It reads only columns that it names, so that no others are filled.</param>
    /// <returns>The statement that makes the table, and what it takes.</returns>
    public static (string Sql, string Json) Of(IReadOnlyList<Run> runs, string sql, bool isNarrow)
    {
        var metrics = new StructNames(sql, MostNames);
        var parameters = new StructNames(sql, MostNames);
        foreach (var run in runs)
        {
            foreach (var name in run.Metrics.Keys)
                metrics.Add(name, "DOUBLE");
            foreach (var (name, value) in run.Parameters)
                parameters.Add(name, TypeOf(value));
        }

        metrics.Close();
        parameters.Close();
        var structure = $$"""[{{{Columns}},"params":{{parameters.Structure}},"metrics":{{metrics.Structure}}}]""";
        return ($"CREATE TEMP TABLE runs AS SELECT unnest(from_json($1::JSON, {DuckDbText.Literal(structure)}), max_depth := 2)", Write(runs, parameters, metrics, new ReadColumns(sql, isNarrow)));
    }

    /// <summary>Of each run its name and its metrics, as <see cref="CatalogTableSql.Metrics"/> takes them.</summary>
    public static string MetricsOf(IReadOnlyList<Run> runs) => Write(json =>
    {
        foreach (var run in runs)
        {
            json.WriteStartObject();
            json.WriteString("id", run.Id.ToString());
            json.WriteStartObject("metrics");
            foreach (var (name, value) in run.Metrics)
                json.WriteNumber(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    });

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "BOOLEAN",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "BIGINT" : "DOUBLE",
        _ => "VARCHAR",
    };

    private static string Write(IReadOnlyList<Run> runs, StructNames parameters, StructNames metrics, ReadColumns columns) => Write(json =>
    {
        var withMore = columns.Contains("commit", "branch", "dirty", "key", "command", "error", "machine", "started_by", "sandbox", "exit_code", "cpu_seconds", "peak_memory");
        var withFiles = columns.Contains("inputs", "outputs");
        var withAnnotations = columns.Contains("tags", "notes", "verdict", "unsteady");
        var (readParameters, readMetrics) = (parameters.FieldsIn(columns, "params"), metrics.FieldsIn(columns, "metrics"));
        foreach (var run in runs)
        {
            json.WriteStartObject();
            WriteFacts(json, run);
            if (withMore)
                WriteMore(json, run);
            if (withFiles)
                WriteFiles(json, run);
            if (withAnnotations)
                WriteAnnotations(json, run.Annotations ?? RunAnnotations.None);
            json.WriteStartObject("params");
            foreach (var (name, value) in run.Parameters)
            {
                if (readParameters.TryGetValue(name, out var field))
                    WriteValue(json, field, value);
            }

            json.WriteEndObject();
            json.WriteStartObject("metrics");
            foreach (var (name, value) in run.Metrics)
            {
                if (readMetrics.TryGetValue(name, out var field))
                    json.WriteNumber(field, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    });

    /// <param name="write">Writes the elements of an array.</param>
    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartArray();
            write(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteFacts(Utf8JsonWriter json, Run run)
    {
        json.WriteString("run", run.Id.ToString());
        json.WriteString("step", run.Id.Step);
        json.WriteNumber("number", run.Id.Number);
        WriteText(json, "variant", run.Variant);
        json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(run.Status.ToString()));
        json.WriteString("started", run.StartedAt);
        if (run.FinishedAt is { } end)
        {
            json.WriteString("finished", end);
            json.WriteNumber("seconds", (end - run.StartedAt).TotalSeconds);
        }
    }

    private static void WriteMore(Utf8JsonWriter json, Run run)
    {
        json.WriteString("commit", run.Commit.Commit);
        WriteText(json, "branch", run.Commit.Branch);
        json.WriteBoolean("dirty", run.Commit.DirtyDigest is not null);
        json.WriteString("key", run.Key.ToString());
        json.WriteString("command", run.Command);
        WriteText(json, "error", run.Error);
        json.WriteString("machine", run.Machine);
        json.WriteString("started_by", run.StartedBy);
        json.WriteString("sandbox", run.Sandbox);
        if (run.ExitCode is { } code)
            json.WriteNumber("exit_code", code);
        if (run.CpuSeconds is { } seconds)
            json.WriteNumber("cpu_seconds", seconds);
        if (run.PeakMemoryBytes is { } bytes)
            json.WriteNumber("peak_memory", bytes);
    }

    private static void WriteFiles(Utf8JsonWriter json, Run run)
    {
        json.WritePropertyName("inputs");
        JsonSerializer.Serialize(json, run.Inputs, Domain.Serialization.DomainJson.Default.IReadOnlyListRunInput);
        json.WritePropertyName("outputs");
        JsonSerializer.Serialize(json, run.Outputs, Domain.Serialization.DomainJson.Default.IReadOnlyListRunOutput);
    }

    private static void WriteAnnotations(Utf8JsonWriter json, RunAnnotations annotations)
    {
        WriteList(json, "tags", annotations.Tags.Select(tag => tag.Name));
        WriteList(json, "notes", annotations.Notes.Select(note => note.Text));
        WriteText(json, "verdict", annotations.Verdict?.ToString().ToLowerInvariant());
        json.WriteBoolean("unsteady", annotations.IsUnsteady);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, JsonEncodedText name, JsonElement value)
    {
        json.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.String)
            json.WriteStringValue(value.GetString());
        else
            json.WriteRawValue(value.GetRawText());
    }
}
