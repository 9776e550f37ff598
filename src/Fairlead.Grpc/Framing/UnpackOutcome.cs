namespace Fairlead.Grpc.Framing;

/// <summary>What became of a compressed message that somebody else sent and received.</summary>
public enum UnpackOutcome
{
    /// <summary>The message is there.</summary>
    Unpacked,

    /// <summary>More bytes come out than the limit.</summary>
    TooLarge,

    /// <summary>It is in no encoding that is known here, or not what its encoding says.</summary>
    Unreadable,
}
