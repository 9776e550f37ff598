using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Replay.Verification;

/// <summary>What keeps a row from being verified before anything is loaded.</summary>
internal static class RowObstacle
{
    /// <summary>Why no row of the server group can be verified, or null.</summary>
    public static string? Of(ServerGroup? group)
    {
        if (group is null)
            return "the catalog does not hold its server group";
        // Paths into bodies hide a part of what the program read.
        if (group.Service.Command is not null && group.Service.Capture.Redact.Count + group.Service.Capture.Hash.Count > 0)
            return "parts of its calls are redacted or hashed in the log";
        return Hidden(group.Service, "redacted", group.Service.Capture.Redact) ?? Hidden(group.Service, "hashed", group.Service.Capture.Hash);
    }

    /// <summary>Why the row cannot be verified, or null.</summary>
    public static string? Of(RecordedRow row, ServerGroup group)
    {
        if (row.Status >= 400)
            return $"it was answered by the error {row.Status}, so that there is nothing to compare with";
        if (row.Omitted?.Contains("input", StringComparison.Ordinal) == true || row.Omitted?.Contains("output", StringComparison.Ordinal) == true)
            return $"its {row.Omitted} was left out of the log, being longer than the service's 'max-body'";
        if (!row.HasInput || !row.HasOutput)
            return $"no {(row.HasInput ? "output" : "input")} was recorded";
        return row.ModelDigest == group.Service.Digest
            ? null
            : $"it was recorded as answered by {row.ModelDigest}, and the catalog says that its server group runs {group.Service.Digest}";
    }

    /// <summary>Outputs of which the log holds no value.</summary>
    public static IEnumerable<string> HiddenOutputs(ReleasedService service) =>
        service.Signature.Outputs.Select(output => output.Name).Where(name => service.Capture.Redact.Contains(name) || service.Capture.Hash.Contains(name));

    private static string? Hidden(ReleasedService service, string how, IReadOnlyList<string> fields) =>
        service.Signature.Inputs.FirstOrDefault(input => fields.Contains(input.Name)) is { } input ? $"the input '{input.Name}' is {how} in the log" : null;
}
