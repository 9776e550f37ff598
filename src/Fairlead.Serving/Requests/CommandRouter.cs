using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Requests;

/// <summary>Finds out which requests are for command services, and sends them there.</summary>
internal sealed class CommandRouter(RouteSource routes, ForwardHandler handler, RefusalRecorder refusals, RisingClock clock)
{
    private const int LongestUnit = 256;

    /// <param name="isAnsweredHere">The host has an answer of its own for the path, which only an explicit name overrides.</param>
    /// <returns>Null when the request is not for a command service.</returns>
    /// <exception cref="FairleadException">NotFound, Invalid, Unavailable.</exception>
    public Task? TryForward(in Exchange exchange, in HostPath path, bool isGrpc, bool isAnsweredHere)
    {
        if (path.Operation != HostOperation.Forward && !routes.Current.HasCommands)
            return null;
        var table = routes.Enter();
        try
        {
            var service = path.Operation == HostOperation.Forward ? RouteFinder.FindNamedService(table, path, path.Service, exchange) : RouteFinder.FindCommand(table, path, exchange);
            if (service is null && !isAnsweredHere)
                service = RouteFinder.FindGrpcCommand(table, path, exchange);
            if (service is null)
                return null;
            var arrival = new Arrival(clock);
            var rest = path.Rest.IsEmpty || path.Rest.Length == exchange.Path.Length ? exchange.Path : path.Rest.ToString();
            var (group, route) = Choose(service, exchange, arrival);

            // It holds the instances before it first waits, so that the table may be left.
            return handler.HandleAsync(exchange, new ForwardTarget(group, rest, isGrpc, arrival, arrival.NewId()) { Route = route, Shadows = service.Shadows });
        }
        finally
        {
            table.Leave();
        }
    }

    /// <exception cref="FairleadException">NotFound, Invalid, Unavailable; recorded.</exception>
    private (LiveServerGroup Group, RouteKind Route) Choose(ServiceRoute service, in Exchange exchange, in Arrival arrival)
    {
        try
        {
            if (service.Command is null)
                throw RouteFinder.IsModel(service);
            return Choose(service, exchange.RequestHeaders);
        }
        catch (FairleadException e)
        {
            refusals.Record(exchange, service, arrival, ProblemStatus.Of(e.Kind), e.Message);
            throw;
        }
    }

    private static (LiveServerGroup Group, RouteKind Route) Choose(ServiceRoute service, IHeaderDictionary headers)
    {
        if (headers.TryGetValue(RouteFinder.VersionHeader, out var versions) && versions.Count > 0 && versions[0] is { Length: > 0 } version)
            return (RouteFinder.FindVersion(service, version), RouteKind.Version);
        if (!headers.TryGetValue(Predictor.UnitHeader, out var units) || units.Count == 0 || units[0] is not { Length: > 0 } unit)
            return (RouteFinder.Choose(service, default), RouteKind.Weight);
        Span<byte> room = stackalloc byte[LongestUnit];
        return (RouteFinder.Choose(service, Encoding.UTF8.TryGetBytes(unit, room, out var written) ? room[..written] : Encoding.UTF8.GetBytes(unit)), RouteKind.Unit);
    }
}
