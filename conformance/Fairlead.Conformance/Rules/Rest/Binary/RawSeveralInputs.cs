namespace Fairlead.Conformance.Rules.Rest.Binary;

internal sealed class RawSeveralInputs : IRule
{
    public string Name => "rest/binary/raw-several-inputs";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.BinaryData, Document.BinaryData, "Raw Binary Request", "A model with more than one input takes no raw request.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken) =>
        (await target.InferAsync(ModelSet.Simple, new RestRequest { Body = TensorBytes.Of(SimpleModel.First) }.With("Inference-Header-Content-Length", "0"), cancellationToken)).IsRefused;
}
