using Fairlead.Transport.Loops;

namespace Fairlead.Transport.Connections;

/// <summary>Feature of a connection that lives on an event loop.</summary>
public interface IEventLoopFeature
{
    EventLoop Loop { get; }
}
