using Fairlead.Inference.Batching;

namespace Fairlead.Serving.Sessions;

/// <summary>A server group's batcher and the session that it runs.</summary>
internal sealed record GroupBatcher(LoadedSession Session, MicroBatcher Batcher);
