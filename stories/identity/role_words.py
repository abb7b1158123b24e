"""What people are called after their work, in both languages: alternatives for regular expressions."""

ENGLISH = (
    r"head ?teacher|headmaster|headmistress|chief executive|chief constable|chief officer|chief fire officer"
    r"|chief nurse|chief whip|chief|head|director|leader|manager|officer|nurse|sister|matron|consultant"
    r"|social worker|caseworker|worker|planner|engineer|surveyor|architect|clerk"
    r"|caretaker|warden|inspector|co-?ordinator|lead|secretary|chair(?:man|woman|person)?|councillor|mayor"
    r"|cabinet member|portfolio holder|member|treasurer|accountant|auditor|lawyer|solicitor|monitoring officer"
    r"|teacher|principal|dean|lecturer"
    r"|doctor|GP|surgeon|psychiatrist|psychologist|therapist|midwife|paramedic|pharmacist|dentist"
    r"|health visitor|vet|librarian|archivist|curator|ranger|superintendent|commander|sergeant|constable"
    r"|detective|coroner|registrar|magistrate|judge"
    r"|adviser|advisor|analyst|developer|designer|researcher|translator|interpreter|supervisor|foreman|driver"
    r"|cook|cleaner|porter|carer|foster carer|apprentice|trainee|chaplain|vicar|lifeguard|conservator"
    r"|ecologist|chief of staff|commissioner|governor|receptionist|technician|buyer|firefighter|whistleblower"
    r"|resident|tenant|partner|whistle-blower"
)
WELSH = (
    r"(?:p|b|ph|m)?h?ennaeth|(?:g|ch|ngh|c)?yfarwydd(?:wr|wraig)|r?h?eol(?:wr|wraig)|swyddog(?:ion)?|(?:p|b"
    r"|ph)rif (?:weithredwr|weithredwraig|gwnstabl|swyddog|nyrs|lyfrgellydd)|(?:p|b|ph)rif(?:athro|athrawes)"
    r"|arweinydd|(?:c|g|ch|ngh)adeirydd|aelod(?: o'r)?(?: cabinet)?"
    r"|(?:c|g|ch|ngh)ynghorydd|(?:c|g|ch)lerc|nyrs|[mf]eddyg|g?weith(?:iwr|wraig|wyr)|ysgrifenn?ydd(?:es)?"
    r"|athro|athrawes|d?dirprwy|(?:c|g|ch|ngh)ydlynydd|ymgynghorydd|[wg]?warden|arolygydd|(?:p|b|ph)eiriannydd"
    r"|(?:c|g|ch)ynllunydd|(?:th|t)erapydd|llyfrgellydd|lyfrgellydd|(?:g)?ofalwr|(?:g)?ofalwraig"
    r"|metron|trysorydd|maer|faer|gyrrwr|yrrwr|cogydd|gogydd|cyfieithydd|gyfieithydd|cyfreithiwr|gyfreithiwr"
    r"|seiciatrydd|seicolegydd|bydwraig|fydwraig|parafeddyg|barafeddyg|uwch-?arolygydd|rheithor|crwner"
    r"|cofrestrydd|gofrestrydd|hyfforddwr|comisiynydd|gomisiynydd|ceidwad|geidwad|tenant|denant|diffoddwr tân"
    r"|penseir|pensaer|bensaer|syrfëwr|cyfrifydd|gyfrifydd"
)
