namespace Fairlead.Conformance.Rules.Rest.Infer;

internal sealed class VersionChosen : IRule
{
    public string Name => "rest/infer/version-chosen";

    public Requirement Requirement { get; } = Requirement.Must(Document.Rest, "Inference Request JSON Object", "Without a version the server chooses one, or answers an error; the version it names is the one that answered.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.InferAsync(ModelSet.Versioned, """{"inputs":[{"name":"INPUT0","shape":[1,1],"datatype":"INT32","data":[21]}]}""", cancellationToken);
        if (answer.Status != 200)
            return answer.IsRefused;
        return answer.At("model_version")?.ToString() == "1" ? answer.HasOutput("OUTPUT0", "INT32", "[1,1]", "[21]") : answer.HasOutput("OUTPUT0", "INT32", "[1,1]", "[42]");
    }
}
