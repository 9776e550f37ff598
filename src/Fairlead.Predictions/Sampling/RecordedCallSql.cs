using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Sampling;

/// <summary>Reads the requests of a command out of the log as they were sent.</summary>
internal static class RecordedCallSql
{
    /// <summary>The columns of a request's record that tell how to send it again.</summary>
    private static readonly string[] Needed = ["method", "path", "type", CallSignature.Bytes, CallSignature.Body];

    /// <param name="newestFirst">Server groups of one service.</param>
    /// <returns>Whether the service is a command that speaks HTTP.</returns>
    public static bool IsFor(IReadOnlyList<ServerGroup> newestFirst) =>
        newestFirst.Count > 0 && newestFirst[0].Service.Command is { Protocol: not ServiceProtocol.Grpc };

    /// <param name="inputs">Columns of the service's inputs, as they are recorded.</param>
    public static bool IsRecorded(IEnumerable<string> inputs) => Needed.All(inputs.Contains);

    /// <summary>What takes the place of <c>input.*</c>: <c>method</c>, <c>path</c>, <c>type</c> and <c>body</c>, which is NULL where it is not what was sent.</summary>
    public static string Select(IReadOnlyList<ServerGroup> groups)
    {
        var plain = groups.Where(group => !Hides(group.Service.Capture)).Select(group => DuckDbText.Literal(group.Name.ToString()));
        const string Bytes = "try_cast(input.bytes as bigint)";

        // A body that is no UTF-8 is recorded in an escaped, longer form; one that was too long, or a stream's, is not there.
        return
            $"""
            input.method::varchar as method, input.path::varchar as path, input.type::varchar as type,
            case when {Bytes} = 0 then '' when server_group in ({string.Join(", ", plain.Prepend("''"))}) and strlen(input.body::varchar) = {Bytes} then input.body::varchar end as body
            """;
    }

    /// <summary>The answer where no call is recorded.</summary>
    public const string None = """{"columns":[{"name":"method"},{"name":"path"},{"name":"type"},{"name":"body"},{"name":"unit"}]}""";

    /// <summary>Answered by the command itself and without an error: of another request the host may not have seen all.</summary>
    public const string Condition = "error is null and status between 200 and 299";

    /// <summary>A name may be a member of a body, and nobody knows in which bodies it was.</summary>
    private static bool Hides(CapturePolicy policy) => policy.Redact.Concat(policy.Hash).Any(field => field != CapturePolicy.UnitField);
}
