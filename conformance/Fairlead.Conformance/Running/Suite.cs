using System.Net.Sockets;
using Google.Protobuf;

namespace Fairlead.Conformance.Running;

/// <summary>Asks the rules one after another, so that none disturbs another's counts.</summary>
public sealed class Suite(Target target, TimeProvider time)
{
    internal const string Unjudged = "the answer could not be judged";
    private static readonly TimeSpan RuleTimeout = TimeSpan.FromSeconds(20);

    /// <param name="rules">Those to ask.</param>
    /// <param name="report">Called after each rule.</param>
    /// <exception cref="SocketException">Nothing listens there.</exception>
    /// <exception cref="IOException">What listens there speaks no HTTP.</exception>
    public async Task<IReadOnlyList<RuleResult>> RunAsync(IEnumerable<IRule> rules, Action<RuleResult> report, CancellationToken cancellationToken)
    {
        await target.ProbeAsync(cancellationToken).ConfigureAwait(false);
        return await CheckAsync(rules, report, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same without asking first what there is.</summary>
    internal async Task<IReadOnlyList<RuleResult>> CheckAsync(IEnumerable<IRule> rules, Action<RuleResult> report, CancellationToken cancellationToken)
    {
        var results = new List<RuleResult>();
        foreach (var rule in rules)
        {
            var result = new RuleResult(rule, await CheckAsync(rule, cancellationToken).ConfigureAwait(false));
            results.Add(result);
            report(result);
        }

        return results;
    }

    private async Task<Verdict> CheckAsync(IRule rule, CancellationToken cancellationToken)
    {
        if (rule.Requirement.Extension is { } extension && !target.Extensions.Contains(extension))
            return Verdict.Skip($"the server does not list the extension '{extension}'");
        using var limit = new CancellationTokenSource(RuleTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await rule.CheckAsync(target, linked.Token).ConfigureAwait(false);
        }
        catch (NotServedException e)
        {
            return Verdict.Skip(e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Verdict.Fail($"there was no answer in {RuleTimeout.TotalSeconds:0} seconds");
        }
        catch (Exception e) when (e is IOException or SocketException or HttpRequestException or InvalidDataException or InvalidProtocolBufferException)
        {
            return Verdict.Fail(e.InnerException is null ? e.Message : $"{e.Message} {e.InnerException.Message}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A server may answer in a form that the rule's author did not think of; the other rules go on.
            return Verdict.Fail($"{Unjudged}: {e.GetType().Name}: {e.Message}");
        }
    }
}
