using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;
using Idempotency = Google.Protobuf.Reflection.MethodOptions.Types.IdempotencyLevel;

namespace Fairlead.Contracts.Comparison;

/// <summary>Compares services and their methods.</summary>
internal sealed class ServiceComparison(ContractSchema candidate, NameMap names, ChangeLog log)
{
    public void Compare(IEnumerable<ServiceSchema> released)
    {
        foreach (var service in released)
        {
            var counterpart = candidate.Services.FirstOrDefault(other => other.FullName == names.Of(service.FullName));
            if (counterpart is null)
                log.Add(service.FullName, ContractRule.ServiceRemoved, ContractLevel.Wire, $"Service '{service.FullName}' was removed: clients that call it get UNIMPLEMENTED; keep it until nobody calls it.");
            else
                CompareMethods(service, counterpart);
        }
    }

    private void CompareMethods(ServiceSchema released, ServiceSchema other)
    {
        foreach (var method in released.Methods)
        {
            var counterpart = other.Methods.FirstOrDefault(candidate => candidate.Method.Name == method.Method.Name);
            if (counterpart is null)
                Add(method, ContractRule.MethodRemoved, "was removed: clients that call it get UNIMPLEMENTED; keep it until nobody calls it.");
            else
                CompareMethod(method, counterpart);
        }
    }

    private void CompareMethod(MethodSchema released, MethodSchema other)
    {
        var (was, now) = (released.Method, other.Method);
        if (names.Of(was.RequestType) != now.RequestType)
            Add(released, ContractRule.MethodRequestChanged, $"takes '{now.RequestType}' instead of '{was.RequestType}': clients go on sending the old message; keep it, or add a method.");
        if (names.Of(was.ResponseType) != now.ResponseType)
            Add(released, ContractRule.MethodResponseChanged, $"gives '{now.ResponseType}' instead of '{was.ResponseType}': clients go on reading the old message; keep it, or add a method.");
        if (was.IsClientStreaming != now.IsClientStreaming)
            Add(released, ContractRule.MethodStreamingChanged, $"takes {Count(now.IsClientStreaming)} instead of {Count(was.IsClientStreaming)}: a call of the old kind fails; keep it, or add a method.");
        if (was.IsServerStreaming != now.IsServerStreaming)
            Add(released, ContractRule.MethodStreamingChanged, $"gives {Count(now.IsServerStreaming)} instead of {Count(was.IsServerStreaming)}: a call of the old kind fails; keep it, or add a method.");
        if (Strength(other.Idempotency) < Strength(released.Idempotency))
            Add(released, ContractRule.MethodIdempotencyWeakened, $"no longer promises {Promise(released.Idempotency)}: clients that rely on it repeat or cache calls; keep the option, or add a method.");
    }

    private void Add(MethodSchema method, ContractRule rule, string what) =>
        log.Add($"{method.Method.Service}.{method.Method.Name}", rule, ContractLevel.Wire, $"Method '{method.Method.Name}' of '{method.Method.Service}' {what}");

    private static string Count(bool isStreaming) => isStreaming ? "a stream of messages" : "one message";

    private static string Promise(Idempotency level) => level == Idempotency.NoSideEffects ? "to have no side effects" : "to be idempotent";

    private static int Strength(Idempotency level) => level switch
    {
        Idempotency.NoSideEffects => 2,
        Idempotency.Idempotent => 1,
        _ => 0,
    };
}
