using Fairlead.Load.Sending.Http;

namespace Fairlead.Load.Sending;

internal static class Transports
{
    public static ILoadTransport Create(LoadOrder order) => order.Transport switch
    {
        LoadTransport.Rest => new HttpTransport(order.Target),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order.Transport, "unknown transport"),
    };
}
