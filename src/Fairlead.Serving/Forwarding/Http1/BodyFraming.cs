namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>How the end of an answer's body is told.</summary>
internal enum BodyFraming
{
    None,
    Length,
    Chunked,

    /// <summary>By the end of the connection.</summary>
    UntilClose,
}
