using Fairlead.Domain.Configurations;
using Fairlead.Domain.Problems;

namespace Fairlead.Roles;

/// <summary>Secrets that belong to no environment: it is the control plane that needs them.</summary>
internal static class ControlSecrets
{
    /// <exception cref="FairleadException">Invalid: no reference; NotFound: nothing is there.</exception>
    public static string Resolve(ISecretSource secrets, string reference)
    {
        if (!SecretReference.TryParse(reference, out var parsed))
            throw FairleadException.Invalid($"'{reference}' does not say where a secret is kept; write env:NAME, file:/path or secret:NAME.");
        if (parsed.Kind != SecretKind.Variable)
            return secrets.Resolve(parsed, "");
        return Environment.GetEnvironmentVariable(parsed.Target) is { Length: > 0 } value
            ? value
            : throw FairleadException.NotFound($"The secret '{reference}' is not there: the variable '{parsed.Target}' is not set where the control plane runs; set it and start the control plane again.");
    }
}
