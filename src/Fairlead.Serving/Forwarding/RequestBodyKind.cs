namespace Fairlead.Serving.Forwarding;

/// <summary>How the body of a request is forwarded.</summary>
internal enum RequestBodyKind
{
    None,

    /// <summary>It is here to its end, and can be sent again.</summary>
    Whole,

    /// <summary>It is sent as it comes, once.</summary>
    Streamed,
}
