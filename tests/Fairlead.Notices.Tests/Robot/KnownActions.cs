using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Notices.Robot;

namespace Fairlead.Notices.Tests.Robot;

/// <summary>Keeps what was asked for, and allows it to operators and judges.</summary>
internal sealed class KnownActions : IChatActions
{
    public List<string> Done { get; } = [];

    /// <summary>What an answer waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<string> StatusAsync(Principal principal, string via, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        return $"All is well, {principal.Name}.";
    }

    public Task<string> DeploysAsync(Principal principal, string via, string? environment, CancellationToken cancellationToken) => Task.FromResult($"deploys of {environment ?? "all"}\nrollout 3 <&>");

    public Task<string> JudgeAsync(Principal principal, string via, int execution, string? stage, string choice, string? comment, CancellationToken cancellationToken) => DoAsync(
        principal.HasSomewhere(Role.Judge), $"{principal.Name} {via} {choice} {execution} {stage} {comment}".Trim());

    public Task<string> RollBackAsync(Principal principal, string via, string environment, string? service, CancellationToken cancellationToken) => DoAsync(
        principal.Has(Role.Operator, environment), $"{principal.Name} {via} rollback {environment} {service}".Trim());

    private Task<string> DoAsync(bool isAllowed, string what)
    {
        if (!isAllowed)
            throw FairleadException.Forbidden("You may not.");
        Done.Add(what);
        return Task.FromResult($"Done: {what}");
    }
}
