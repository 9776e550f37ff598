namespace Fairlead.Serving.Limits;

/// <summary>Whether a server group takes a request.</summary>
internal enum AdmissionResult
{
    /// <summary>It goes on at once; <see cref="Admission.Leave"/> when it is done.</summary>
    Entered,

    /// <summary>There is room in the queue: <see cref="Admission.WaitAsync"/>.</summary>
    MustWait,

    /// <summary>Even the queue is full: refuse it before it costs memory.</summary>
    Full,
}
