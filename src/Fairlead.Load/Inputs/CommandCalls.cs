using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Inputs;

/// <summary>Makes requests to a command: each row the body of one as a JSON object, recorded requests as they were, or one without a body.</summary>
internal sealed class CommandCalls
{
    // A body is no part of a page: what JSON need not escape is sent as people write it.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly LoadOrder order;
    private readonly int unitColumn;

    /// <exception cref="FairleadException">Invalid: there is no such unit column, or recorded requests shall get another path or method.</exception>
    public CommandCalls(LoadOrder order)
    {
        this.order = order;
        unitColumn = order.Unit is null || order.Rows is null ? -1 : order.Rows.IndexOf(order.Unit, "the unit");
        if (order.IsRecorded && (order.Path is not null || order.Method is not null))
            throw FairleadException.Invalid($"Recorded requests of '{order.Target.Service}' have paths and methods of their own; leave those out, or take the bodies from other data.");
        if (order.IsRecorded)
            return;
        Path = order.Path ?? CallPath.Default;
        Method = order.Method ?? (order.Rows is null ? CallMethod.Get : CallMethod.Post);
    }

    /// <summary>Of all requests; null when each has its own.</summary>
    public string? Method { get; }

    /// <summary>Of all requests; null when each has its own.</summary>
    public string? Path { get; }

    /// <summary>Recorded requests that are not in the log as they were sent.</summary>
    public int LeftOut { get; private set; }

    /// <exception cref="FairleadException">Invalid: no rows, no recorded request that can be sent again, or a unit that no header can carry.</exception>
    public IReadOnlyList<CommandCall> Build()
    {
        if (order.Rows is not { } rows)
            return [new CommandCall(Method!, Path!, null, default, null)];
        if (order.IsRecorded)
            return BuildRecorded(rows);
        return rows.Rows.Count > 0
            ? [.. rows.Rows.Select(row => new CommandCall(Method!, Path!, CommandCall.Json, WriteObject(rows.Columns, row), UnitOf(row)))]
            : throw FairleadException.Invalid("The data has no rows; choose data that has some.");
    }

    private static byte[] WriteObject(IReadOnlyList<string> columns, JsonElement row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            for (var i = 0; i < columns.Count; i++)
            {
                json.WritePropertyName(columns[i]);
                row[i].WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private List<CommandCall> BuildRecorded(LoadRows rows)
    {
        var service = order.Target.Service;
        if (rows.Rows.Count == 0)
            throw FairleadException.Invalid($"No request to '{service}' that was answered without an error is recorded; ask it something first, or take the bodies from other data.");
        var what = $"recorded requests to '{service}'";
        var (method, path, type, body) = (rows.IndexOf("method", what), rows.IndexOf("path", what), rows.IndexOf("type", what), rows.IndexOf("body", what));
        List<CommandCall> calls = [.. rows.Rows.Select(row => Again(Text(row[method]), Text(row[path]), Text(row[type]), Text(row[body]), UnitOf(row))).OfType<CommandCall>()];
        LeftOut = rows.Rows.Count - calls.Count;
        return calls.Count > 0
            ? calls
            : throw FairleadException.Invalid($"None of the {LeftOut} recorded requests to '{service}' is in the log as it was sent: bodies that are redacted, hashed, no text or longer than 'max-body' are not; take the bodies from other data.");
    }

    /// <summary>Null when it is not what was sent: a part was left out of the log, or hidden in it.</summary>
    private static CommandCall? Again(string? method, string? path, string? type, string? body, string? unit) =>
        method is not null && path is not null && body is not null && CallMethod.IsKnown(method) && CallPath.IsValid(path)
            ? new CommandCall(method, path, body.Length > 0 && IsHeader(type) ? type : null, Encoding.UTF8.GetBytes(body), unit)
            : null;

    private static bool IsHeader(string? text) => !string.IsNullOrEmpty(text) && text.All(character => character is >= ' ' and <= '~');

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private string? UnitOf(JsonElement row) => unitColumn < 0 ? null : RowUnit.Of(row[unitColumn]);
}
