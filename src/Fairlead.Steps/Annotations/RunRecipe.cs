using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Annotations;

/// <summary>What a run shares with runs of other data and parameters: command, code, tools, environment. Whether it makes the same twice is a property of these.</summary>
internal static class RunRecipe
{
    public static Digest Of(Run run) => KeyEncoding.Hash([.. run.KeyParts.Where(part => !IsGiven(part.Name))]);

    private static bool IsGiven(string part) =>
        part.StartsWith(KeyParts.InputPrefix, StringComparison.Ordinal) || part.StartsWith(KeyParts.ParameterPrefix, StringComparison.Ordinal);
}
