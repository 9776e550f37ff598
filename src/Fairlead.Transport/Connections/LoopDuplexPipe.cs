using System.IO.Pipelines;

namespace Fairlead.Transport.Connections;

/// <summary>Both directions of a connection, as the application has them.</summary>
internal sealed class LoopDuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;
}
