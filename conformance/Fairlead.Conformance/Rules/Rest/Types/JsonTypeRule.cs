namespace Fairlead.Conformance.Rules.Rest.Types;

/// <summary>One datatype there and back in JSON, its smallest and largest values included.</summary>
internal abstract class JsonTypeRule(string name, TypeSample sample) : IRule
{
    public string Name => name;

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Tensor Data Types", $"A tensor of {sample.Datatype} holds every value of its datatype.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(sample.Model, $$"""{"inputs":[{"name":"INPUT0","shape":[2,2],"datatype":"{{sample.Datatype}}","data":{{sample.Json}}}]}""", cancellationToken);
        return answer.IsOk && answer.HasOutput("OUTPUT0", sample.Datatype, "[2,2]", sample.Json!);
    }
}
