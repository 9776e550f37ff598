using System.Net;
using Microsoft.Extensions.Logging;

namespace Fairlead.Transport.Listening;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "No connection to {EndPoint} can be accepted for now: {Reason}. Raise the limit of open files, or the number of connections is bounded by it.")]
    public static partial void NoRoom(ILogger logger, EndPoint endPoint, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{EndPoint} accepts no more connections.")]
    public static partial void ListenerLost(ILogger logger, EndPoint endPoint, Exception exception);
}
