using Fairlead.Load.Sending.Grpc;
using Fairlead.Load.Sending.Http;

namespace Fairlead.Load.Sending;

internal static class Transports
{
    public static ILoadTransport Create(LoadOrder order, TimeProvider time) => order.Transport switch
    {
        LoadTransport.Rest => new HttpTransport(order.Target, order.Target.UrlOf("/infer")),
        LoadTransport.Grpc => new GrpcTransport(order.Target, order.Concurrency, time),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order.Transport, "unknown transport"),
    };
}
