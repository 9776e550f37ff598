using Fairlead.Serving.Predicting;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Requests;

/// <summary>Captures requests that were refused before a server group had them, if they named a service that there is.</summary>
internal sealed class RefusalRecorder(Recorder recorder, RouteSource routes, RisingClock clock)
{
    public void Record(in Exchange exchange, in HostPath path, int status, string message) => Record(exchange, path, new Arrival(clock), status, message);

    public void Record(in Exchange exchange, in HostPath path, in Arrival arrival, int status, string message)
    {
        if (path.Service.IsEmpty)
            return;
        var table = routes.Enter();
        try
        {
            if (RouteFinder.TryFindService(table, path.Environment, path.Service, exchange) is { } service)
                Record(exchange, service, arrival, status, message);
        }
        finally
        {
            table.Leave();
        }
    }

    /// <param name="service">Of a table that the caller has entered.</param>
    public void Record(in Exchange exchange, ServiceRoute service, in Arrival arrival, int status, string message)
    {
        var scratch = Scratch.Rent();
        try
        {
            scratch.Begin(exchange.RequestHeaders, arrival, bytes: 0);
            scratch.Fail(status, message);
            recorder.Refuse(service, scratch);
        }
        finally
        {
            scratch.Return();
        }
    }
}
