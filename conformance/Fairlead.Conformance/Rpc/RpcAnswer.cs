using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Fairlead.Conformance.Rpc;

/// <summary>The end of a call: its messages, status and metadata.</summary>
/// <param name="Status">Null when the server sent none.</param>
/// <param name="Text">The status's message, decoded.</param>
public sealed record RpcAnswer(int HttpStatus, RpcStatus? Status, string Text, IReadOnlyList<byte[]> Messages, IReadOnlyDictionary<string, string> Headers)
{
    public Verdict IsOk => HasStatus(RpcStatus.Ok);

    /// <summary>Refused as the client's fault.</summary>
    public Verdict IsInvalid => HasStatus(RpcStatus.InvalidArgument) && Verdict.That(Text.Length > 0, "the status has no message");

    public Verdict HasStatus(params RpcStatus[] any) => Verdict.That(
        Status is { } status && any.Contains(status),
        $"the status is {(Status is null ? $"missing (HTTP {HttpStatus})" : $"{Status} '{Text}'")} instead of {string.Join(" or ", any)}");

    public Verdict TextHolds(string text) => Verdict.That(Text.Contains(text, StringComparison.Ordinal), $"the status says '{Text}', without '{text}'");

    /// <summary>OK, with exactly one message, of which the rest holds.</summary>
    public Verdict Says<T>(MessageParser<T> parser, Func<T, Verdict> judge)
        where T : IMessage<T> =>
        IsOk && Verdict.That(Messages.Count == 1, $"{Messages.Count} messages came instead of one") && judge(parser.ParseFrom(Messages[0]));

    internal static async Task<RpcAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var messages = new List<byte[]>();
        if (response.Content.Headers.ContentType?.MediaType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
        {
            while (await RpcFrame.ReadAsync(stream, cancellationToken).ConfigureAwait(false) is { } message)
                messages.Add(message);
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            headers[name] = string.Join(", ", values);
        var status = Find(response.TrailingHeaders, "grpc-status") ?? headers.GetValueOrDefault("grpc-status");
        var text = Find(response.TrailingHeaders, "grpc-message") ?? headers.GetValueOrDefault("grpc-message") ?? "";
        RpcStatus? code = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (RpcStatus)number : null;
        return new RpcAnswer((int)response.StatusCode, code, Uri.UnescapeDataString(text), messages, headers);
    }

    private static string? Find(HttpResponseHeaders trailers, string name) =>
        trailers.NonValidated.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
