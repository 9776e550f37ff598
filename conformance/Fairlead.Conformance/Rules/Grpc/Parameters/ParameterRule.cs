using Fairlead.Grpc.Protocols.Inference;

namespace Fairlead.Conformance.Rules.Grpc.Parameters;

/// <summary>A parameter of one kind on the request, an input and an output does no harm.</summary>
internal abstract class ParameterRule(string name, string kind, InferParameter parameter) : IRule
{
    public string Name => name;

    public Requirement Requirement { get; } = Requirement.Must(Document.Proto, "InferParameter", $"The value of a parameter may be {kind}.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        target.Require(ModelSet.Simple);
        var request = InferMessages.Simple();
        request.Parameters["my_custom_parameter"] = parameter;
        request.Inputs[0].Parameters["my_custom_parameter"] = parameter;
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "OUTPUT0", Parameters = { ["my_custom_parameter"] = parameter } });
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "OUTPUT1" });
        var answer = await target.Rpc.CallAsync(Methods.ModelInfer, request, cancellationToken);
        return answer.Says(ModelInferResponse.Parser, InferMessages.AnswersSimple);
    }
}
