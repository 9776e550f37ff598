using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Delivery.Releases;

/// <summary>Checks the fields that services redact or hash against what their predictions hold: a mistyped one would be written in plain.</summary>
internal static class CapturedFields
{
    /// <exception cref="FairleadException">Invalid: every field that there is not, a line each.</exception>
    public static void Require(IEnumerable<ReleasedService> services)
    {
        var problems = services.SelectMany(ProblemsOf).ToList();
        if (problems.Count > 0)
            throw FairleadException.Invalid(string.Join('\n', problems));
    }

    /// <summary>What a command's bodies hold, nobody knows before they come.</summary>
    private static IEnumerable<string> ProblemsOf(ReleasedService service)
    {
        if (service.Command is not null)
            return [];
        var known = service.Signature.Inputs.Concat(service.Signature.Outputs).Select(spec => spec.Name).Append(CapturePolicy.UnitField).Distinct(StringComparer.Ordinal).ToList();
        return service.Capture.Redact.Select(field => (Verb: "redacts", Field: field))
            .Concat(service.Capture.Hash.Select(field => (Verb: "hashes", Field: field)))
            .Where(pair => !known.Contains(pair.Field))
            .Select(pair => $"Service '{service.Name}' {pair.Verb} '{pair.Field}', which is no input or output of it; {NearestName.Hint(pair.Field, known)}");
    }
}
