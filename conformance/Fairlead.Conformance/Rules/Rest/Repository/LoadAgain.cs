namespace Fairlead.Conformance.Rules.Rest.Repository;

internal sealed class LoadAgain : IRule
{
    public string Name => "rest/repository/load-again";

    public Requirement Requirement { get; } = Requirement.Of(Extensions.Repository, Document.Repository, "Load", "A model that is loaded may be loaded again.");

    public async Task<Verdict> CheckAsync(Target target, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.SendAsync(new RestRequest { Method = "POST", Path = $"/v2/repository/models/{target.Require(ModelSet.Vector)}/load", Body = [] }, cancellationToken);
        return answer.Status == 200
            ? (await target.Rest.GetAsync($"/v2/models/{ModelSet.Vector}/ready", cancellationToken)).IsOk
            : answer.HasError && Verdict.Skip($"the server does not load models: {answer.Error}");
    }
}
