using System.Collections.Frozen;
using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Csv;

/// <summary>Kinds of interactions in the words of people and of other programs, beside the names that the API takes.</summary>
internal static class CsvWords
{
    private static readonly FrozenDictionary<string, InteractionKind> s_kinds = new (InteractionKind Kind, string Words)[]
    {
        (InteractionKind.Message,
            "message,email,mail,sms,text,dm,directmessage,chat,letter,note,nachricht,brief,mensaje,courriel,correo,inmail,whatsapp,"
                + "linkedinmessage,outgoingemail,incomingemail,emailsent,emailreceived,correoelectronico,textnachricht,messaggio,post,"
                + "signal,telegram,slack,teams,fax,textmessage,imessage,messageprive,emailenvoye,emailrecu"),
        (InteractionKind.Reply, "reply,response,answer,antwort,reponse,respuesta,emailreply,replied"),
        (InteractionKind.Meeting,
            "meeting,meet,appointment,lunch,coffee,dinner,visit,videocall,videoconference,treffen,termin,besprechung,reunion,rendezvous,"
                + "rdv,cita,demo,onetoone,1on1,11,mittagessen,kaffee,cafe,dejeuner,almuerzo,cena,entretien,entrevista,entrevue,rencontre,"
                + "encuentro,besuch,visite,visita,gesprach,zoom,meetinginperson,inperson,treff,verabredung,comida,desayuno"),
        (InteractionKind.Call,
            "call,phone,phonecall,telephone,voicecall,anruf,telefonat,appel,llamada,loggedcall,outgoingcall,incomingcall,telefonanruf,"
                + "telefongesprach,videoanruf,appeltelephonique,llamadatelefonica,coupdefil,voice,tel,telefon"),
        (InteractionKind.Connect, "connect,connectionrequest,invitation,invite,friendrequest,follow"),
        (InteractionKind.Accept, "accept,accepted,connection,connected,acceptance"),
        (InteractionKind.Decline, "decline,declined,rejected,ignored"),
        (InteractionKind.Reaction, "reaction,like,liked,emoji,upvote,thumbsup,react"),
        (InteractionKind.Comment, "comment,commented,mention,kommentar,commentaire,comentario,review"),
        (InteractionKind.Endorsement, "endorsement,endorse,recommendation,empfehlung,recommandation,recomendacion,testimonial,kudos"),
        (InteractionKind.Introduction, "introduction,intro,introduce,introduced,vorstellung"),
        (InteractionKind.Referral, "referral,refer,referred,lead,vermittlung"),
        (InteractionKind.Favour, "favour,favor,help,helped,gefallen"),
        (InteractionKind.Transaction, "transaction,purchase,sale,order,invoice,payment,deal,contract"),
        (InteractionKind.Application, "application,applied,jobapplication,bewerbung"),
        (InteractionKind.Attendance, "attendance,attend,attended,event,teilnahme,conference,webinar"),
    }.SelectMany(k => k.Words.Split(',').Select(word => (word, k.Kind))).ToFrozenDictionary(
        k => k.word, k => k.Kind, StringComparer.Ordinal);

    /// <summary>The kind that a word means, whatever its case and marks: <c>Message</c>, <c>E-Mail</c>, <c>Phone call</c>.</summary>
    public static bool TryKind(string word, out InteractionKind kind) => s_kinds.TryGetValue(CsvHeadings.Fold(word), out kind);

    /// <summary>Sets the kind, the exchange or the setting: by its name, else in any case, else by a word for a kind.</summary>
    public static void Set(InteractionDraft draft, InteractionField field, ReadOnlySpan<byte> text)
    {
        Span<byte> lower = stackalloc byte[32];
        if (text.Length <= lower.Length && !IsName(field, text))
        {
            if (field is InteractionField.Kind && TryKind(Encoding.UTF8.GetString(text), out var kind))
            {
                draft.Kind = kind;
                return;
            }
            Ascii.ToLower(text, lower, out var length);
            for (var i = 0; i < length; i++)
                if (lower[i] is (byte)' ' or (byte)'_') lower[i] = (byte)'-';
            if (length == text.Length && IsName(field, lower[..length]))
            {
                draft.SetWord(field, lower[..length]);
                return;
            }
        }
        draft.SetWord(field, text);
    }

    private static bool IsName(InteractionField field, ReadOnlySpan<byte> text) => field switch
    {
        InteractionField.Kind => WireNames.TryParse(text, out InteractionKind _),
        InteractionField.Exchange => WireNames.TryParse(text, out Exchange _),
        InteractionField.ExchangeBy => WireNames.TryParse(text, out ExchangeBy _),
        _ => WireNames.TryParse(text, out Setting _),
    };
}
