using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Metadata;

internal sealed class ExtensionsAreTexts : IRule
{
    public string Name => "rest/metadata/extensions-are-texts";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Server Metadata Response JSON Object", "Extensions are listed by name.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync("/v2", cancellationToken);
        return answer.Is("extensions", JsonValueKind.Array)
            && Verdict.Same("the number of texts in 'extensions'", answer.At("extensions")!.Value.GetArrayLength(), answer.Strings("extensions").Count);
    }
}
