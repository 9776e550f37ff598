using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class ModelVersion : IRule
{
    public string Name => "rest/infer/model-version";

    public Requirement Requirement { get; } = Requirement.Should(Document.Rest, "Inference Response JSON Object", "A server that has versions names the one that answered.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, SimpleModel.Request, cancellationToken)).Is("model_version", JsonValueKind.String);
}
